package dev.dbmigration.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Stands between one client and a server, hands on a message that holds a certain text, and keeps the answer back. */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final String text;
    private final CountDownLatch cut = new CountDownLatch(1);

    private CuttingProxy(ServerSocket listening, String text) {
        this.listening = listening;
        this.text = text;
    }

    /** Cuts the first connection after the client's message with {@code text} has reached the server. */
    public static CuttingProxy before(Database database, String text) {
        try {
            CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), text);
            start(() -> proxy.serve(database));
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void serve(Database database) {
        try (Socket client = listening.accept();
                Socket server = new Socket(database.host(), database.port())) {
            start(() -> answers(server, client));
            requests(client, server);
        } catch (IOException e) {
            cut.countDown();
        }
    }

    private void requests(Socket client, Socket server) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
            if (new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(text)) {
                cut.countDown();
                out.write(buffer, 0, n);
                // The server has read it all once it has answered, which ends its stream to a closed client.
                server.shutdownOutput();
                server.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            out.write(buffer, 0, n);
        }
    }

    private void answers(Socket server, Socket client) {
        try {
            InputStream in = server.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n > 0 && cut.getCount() > 0; n = in.read(buffer)) {
                client.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            cut.countDown();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
