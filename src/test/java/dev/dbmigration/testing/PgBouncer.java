package dev.dbmigration.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PgBouncer in front of a server that trusts everybody; {@code -Dpgbouncer=PATH} where it is not on its usual one. */
public final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of(System.getProperty("pgbouncer", "/usr/sbin/pgbouncer"));

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether this machine has it. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /** Begins to pool what goes to the server of {@code database}, in this {@code pool_mode}. */
    public static PgBouncer start(Database database, String poolMode, Path folder) throws IOException {
        int port = Postgres.freePort();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path settings = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                ignore_startup_parameters = extra_float_digits
                """.formatted(database.port(), database.user(), port, poolMode));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), settings.toString()));
        if (Files.isWritable(Path.of("/etc/shadow"))) {
            // It refuses to work for root.
            command.addAll(List.of("-u", "nobody"));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port);
        await("PgBouncer").until(bouncer::listens);
        return bouncer;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The same database through it. */
    public Database through(Database database) {
        return new Database("127.0.0.1", port, database.name(), database.user(), database.password());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
