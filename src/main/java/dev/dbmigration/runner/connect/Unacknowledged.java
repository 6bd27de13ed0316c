package dev.dbmigration.runner.connect;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes sockets whose data the other side no longer acknowledges. Keep-alives are not sent while data is on its way,
 * and the system goes on sending it for a quarter of an hour; Java has no TCP_USER_TIMEOUT. So this looks into the
 * system's own table, whose columns the kernel's {@code Documentation/networking/proc_net_tcp.rst} explains; where there
 * is none, it does nothing.
 */
final class Unacknowledged {

    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    /** Their pauses double from a fifth of a second on, so that the ninth is sent after about 100 seconds. */
    private static final int RETRANSMISSIONS = 9;

    private static final long PERIOD_MILLIS = 10_000;

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int TIMER = 5;
    private static final int COUNT = 6;

    private static final Unacknowledged SHARED = new Unacknowledged(TABLES, PERIOD_MILLIS);

    private final List<Path> tables;
    private final long periodMillis;
    private final Set<Socket> sockets = Collections.newSetFromMap(new WeakHashMap<>());
    private ScheduledExecutorService watch;

    Unacknowledged(List<Path> tables, long periodMillis) {
        this.tables = tables;
        this.periodMillis = periodMillis;
    }

    /** That of this process. */
    static Unacknowledged shared() {
        return SHARED;
    }

    /** From now on, until the socket is closed. */
    synchronized void watch(Socket socket) {
        sockets.add(socket);
        if (watch == null) {
            watch = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "unacknowledged");
                thread.setDaemon(true);
                return thread;
            });
            watch.scheduleWithFixedDelay(this::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void look() {
        sockets.removeIf(Socket::isClosed);
        if (sockets.isEmpty()) {
            return;
        }
        for (Path table : tables) {
            look(rows(table));
        }
    }

    private void look(List<String> rows) {
        for (Socket socket : sockets) {
            if (rows.stream().anyMatch(row -> isUnheard(row, socket.getLocalPort(), socket.getPort()))) {
                close(socket);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Whoever reads from it hears of it.
        }
    }

    private static List<String> rows(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether this row is of a connection between these ports that retransmits in vain. */
    static boolean isUnheard(String row, int localPort, int remotePort) {
        String[] columns = row.strip().split("\\s+");
        return columns.length > COUNT
                && columns[LOCAL].endsWith(port(localPort))
                && columns[REMOTE].endsWith(port(remotePort))
                // The timer of retransmissions: another one asks a server that reads nothing for the moment.
                && columns[TIMER].startsWith("01:")
                && Integer.parseUnsignedInt(columns[COUNT], 16) >= RETRANSMISSIONS;
    }

    private static String port(int port) {
        return ":%04X".formatted(port);
    }
}
