package dev.dbmigration.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between clients and a server and counts the messages of the client that comes first, by the framing of
 * PostgreSQL's protocol (the manual's chapter 55.7). After the message that it was told of, the server does that one
 * still, and neither hears nor says anything to the client any more. Others are let through. TLS is not understood.
 */
public final class HoldingProxy implements AutoCloseable {

    private static final int SECRET_KEY_DATA = 'K';
    private static final int READY = 'Z';
    private static final int COPY_IN = 'G';
    private static final int QUERY = 'Q';
    private static final int COPY_DATA = 'd';

    /** Of the first message of a connection, which has no letter. */
    private static final int START = 0;

    private final ServerSocket listening;
    private final Database database;
    private final int last;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile int backend;
    private volatile boolean holding;
    private int asked;
    private int answered;

    private HoldingProxy(ServerSocket listening, Database database, int last) {
        this.listening = listening;
        this.database = database;
        this.last = last;
    }

    /** Holds the first client when the server has done its message number {@code last}, counted from 1. */
    public static HoldingProxy after(Database database, int last) {
        try {
            ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            HoldingProxy proxy = new HoldingProxy(listening, database, last);
            start(proxy::serve);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds nobody. */
    public static HoldingProxy open(Database database) {
        return after(database, Integer.MAX_VALUE);
    }

    /** The database as a client reaches it through here. */
    public Database front() {
        String host = listening.getInetAddress().getHostAddress();
        return new Database(host, listening.getLocalPort(), database.name(), database.user(), database.password());
    }

    /** The first client's messages so far: its queries, and one letter for each that is none. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Whether the first client is held by now. */
    public boolean holds() {
        return held.getCount() == 0;
    }

    /** The process of the server that works for the first client, when there is one. */
    public int backend() throws InterruptedException {
        if (!begun.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody has come");
        }
        return backend;
    }

    private void serve() {
        for (boolean first = true; !listening.isClosed(); first = false) {
            try {
                serve(listening.accept(), first);
            } catch (IOException e) {
                // Either side is gone, or this is closed: the next one, if any.
            }
        }
    }

    private void serve(Socket client, boolean first) throws IOException {
        Socket server = new Socket(database.host(), database.port());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start(() -> between(client, server, () -> requests(client, server, first)));
        start(() -> between(server, client, () -> answers(server, client, first)));
    }

    /** What one side sends goes to the other, until one of them is gone: then both are. */
    private static void between(Socket from, Socket to, Relay relay) {
        try (from;
                to) {
            relay.run();
        } catch (IOException e) {
            // It is the end of the connection, which the other side hears of.
        }
    }

    private void requests(Socket client, Socket server, boolean first) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(server.getOutputStream());
        for (int type = START; ; type = in.readByte()) {
            byte[] body = body(in);
            if (!first) {
                write(out, type, body);
            } else if (!holding) {
                request(out, type, body);
            }
        }
    }

    private void request(DataOutputStream out, int type, byte[] body) throws IOException {
        messages.add(type == QUERY ? new String(body, 0, body.length - 1, StandardCharsets.UTF_8) : letter(type));
        synchronized (this) {
            holding = messages.size() == last;
            asked += type == START || type == QUERY ? 1 : 0;
        }
        write(out, type, body);
        if (holding && type == COPY_DATA) {
            held.countDown();
        }
    }

    private static String letter(int type) {
        return type == START ? "start" : String.valueOf((char) type);
    }

    private void answers(Socket server, Socket client, boolean first) throws IOException {
        DataInputStream in = new DataInputStream(server.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        while (true) {
            int type = in.readByte();
            byte[] body = body(in);
            if (!first || !keepsBack(type, body)) {
                write(out, type, body);
            }
        }
    }

    private synchronized boolean keepsBack(int type, byte[] body) {
        if (type == SECRET_KEY_DATA) {
            backend = ByteBuffer.wrap(body).getInt();
            begun.countDown();
        }
        answered += type == READY ? 1 : 0;
        if (holding && (answered == asked || type == COPY_IN)) {
            held.countDown();
        }
        return holding;
    }

    private static byte[] body(DataInputStream in) throws IOException {
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return body;
    }

    private static void write(DataOutputStream out, int type, byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(message);
        if (type != START) {
            to.writeByte(type);
        }
        to.writeInt(body.length + Integer.BYTES);
        to.write(body);
        message.writeTo(out);
        out.flush();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "holding-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets nobody else in; connections end with their clients. */
    @Override
    public void close() throws IOException {
        listening.close();
    }

    private interface Relay {
        void run() throws IOException;
    }
}
