package dev.dbmigration.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Stands between clients and a server and hands on each answer of the server later, as a longer way would. */
public final class DelayingProxy implements AutoCloseable {

    private static final int PIECE = 1 << 16;

    /** One for all of them, since connections may end behind their proxy; one thread keeps pieces in order. */
    private static final ScheduledExecutorService LATER = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "delaying-proxy");
        thread.setDaemon(true);
        return thread;
    });

    private final ServerSocket listening;
    private final Database database;
    private final long delayMillis;

    private DelayingProxy(ServerSocket listening, Database database, long delayMillis) {
        this.listening = listening;
        this.database = database;
        this.delayMillis = delayMillis;
    }

    /** Adds so many milliseconds to each round trip. */
    public static DelayingProxy of(Database database, long delayMillis) {
        try {
            ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            DelayingProxy proxy = new DelayingProxy(listening, database, delayMillis);
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database as a client reaches it through here. */
    public Database front() {
        String host = listening.getInetAddress().getHostAddress();
        return new Database(host, listening.getLocalPort(), database.name(), database.user(), database.password());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(database.host(), database.port());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> requests(client, server));
                start(() -> answers(server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void requests(Socket client, Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException e) {
            // One of both has hung up.
        }
    }

    private void answers(Socket server, Socket client) {
        byte[] buffer = new byte[PIECE];
        try (server) {
            InputStream in = server.getInputStream();
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                byte[] piece = Arrays.copyOf(buffer, n);
                LATER.schedule(() -> write(client, piece), delayMillis, TimeUnit.MILLISECONDS);
            }
            LATER.schedule(() -> close(client), delayMillis, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            close(client);
        }
    }

    private static void write(Socket client, byte[] piece) {
        try {
            client.getOutputStream().write(piece);
        } catch (IOException e) {
            close(client);
        }
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "delaying-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
