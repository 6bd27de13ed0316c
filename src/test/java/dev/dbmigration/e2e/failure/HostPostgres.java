package dev.dbmigration.e2e.failure;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server on this machine that pods reach, and that stops as if its power had gone. */
final class HostPostgres implements AutoCloseable {

    static {
        // It would report each time that a server it is to stop does not run.
        ((Logger) LoggerFactory.getLogger(EmbeddedPostgres.class)).setLevel(Level.OFF);
    }

    private final String address;
    private final int port = Postgres.freePort();
    private final Path directory;
    private final Path data;
    private EmbeddedPostgres server;

    /**
     * Starts it.
     *
     * @param address the machine's address as pods see it
     * @param clients from where it lets everybody in, as pg_hba.conf has it
     */
    HostPostgres(String address, String clients) throws IOException {
        this.address = address;
        directory = Files.createTempDirectory("failure-suite");
        data = directory.resolve("data");
        server = start();
        Files.writeString(
                data.resolve("pg_hba.conf"), "host all all " + clients + " trust\n", StandardOpenOption.APPEND);
        admin().execute("SELECT pg_reload_conf()");
    }

    int port() {
        return port;
    }

    Database admin() {
        return local("postgres");
    }

    Database newDatabase(String name) {
        admin().execute("CREATE DATABASE " + name);
        return local(name);
    }

    /** Immediate mode: no checkpoint, no farewell; connections break. */
    synchronized void stop() throws IOException {
        Path file = data.resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start();
        await("the end of PostgreSQL").atMost(Duration.ofSeconds(30)).until(() -> !postmaster.isAlive());
        Files.deleteIfExists(file);
        // There is nothing left to stop, but a lock of this process on the data.
        server.close();
    }

    /** After a {@link #stop}: recovers by its log, as after a crash. */
    synchronized void startAgain() throws IOException {
        server = start();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("listen_addresses", "127.0.0.1," + address)
                .setServerConfig("max_connections", "100")
                // Off by default here, when the server may forget what it has confirmed.
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private Database local(String name) {
        return new Database("127.0.0.1", port, name, "postgres", "unasked-password");
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(HostPostgres::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
