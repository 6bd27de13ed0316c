package dev.dbmigration.testing.psql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a PostgreSQL server as it takes to hear what a client sends: it writes down each query, and answers that it
 * went well. It takes and gives COPY data, and follows {@code standard_conforming_strings}.
 */
public final class RecordingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final boolean takesCopies;
    private final List<String> queries = new ArrayList<>();
    private boolean broken;

    /** {@code takesCopies}: otherwise each COPY from or to the client is an error, and no data follows. */
    public RecordingServer(boolean takesCopies) {
        this.takesCopies = takesCopies;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "recording server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The texts of all queries so far, in their order. */
    public synchronized List<String> queries() {
        if (broken) {
            throw new IllegalStateException("a session broke; see the log");
        }
        return List.copyOf(queries);
    }

    /** Forgets what was heard. */
    public synchronized void clear() {
        queries.clear();
    }

    synchronized void heard(String query) {
        queries.add(query);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread thread = new Thread(() -> serve(client), "recording session");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (SocketException e) {
            // Closed: that is the end.
        } catch (IOException e) {
            brokenBy(e);
        }
    }

    private void serve(Socket client) {
        try (client) {
            new RecordingSession(this, new Wire(client), takesCopies).run();
        } catch (IOException | RuntimeException e) {
            brokenBy(e);
        }
    }

    private synchronized void brokenBy(Exception e) {
        broken = true;
        e.printStackTrace();
    }
}
