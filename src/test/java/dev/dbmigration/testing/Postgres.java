package dev.dbmigration.testing;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server on this machine. One is shared by all tests of a JVM, each of which takes a fresh database
 * of it; tests that stop their server or ask for passwords start their own.
 */
public final class Postgres implements AutoCloseable {

    /** Any password is right where the server trusts everybody; it must not occur elsewhere in a log. */
    private static final String UNASKED = "unasked-password";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedPostgres server;
    private final boolean passwords;

    private Postgres(EmbeddedPostgres server, boolean passwords) {
        this.server = server;
        this.passwords = passwords;
    }

    /** The server of this JVM, started when first asked for and stopped with the JVM. */
    public static Postgres shared() {
        return Shared.SERVER;
    }

    /** A server of the caller's own on a free port, which trusts everybody. */
    public static Postgres start() {
        return start(0);
    }

    /** Major version of the servers that tests run on, by {@code -Dpostgres.version}. */
    public static int version() {
        return Integer.parseInt(shared().admin().query("SHOW server_version_num")) / 10_000;
    }

    /** A server of the caller's own on {@code port}; 0: any. */
    public static Postgres start(int port) {
        try {
            return new Postgres(
                    EmbeddedPostgres.builder()
                            .setPort(port)
                            .setRegisterShutdownHook(false)
                            .start(),
                    false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of the caller's own, with these settings instead of those that tests have otherwise. */
    public static Postgres startWith(Map<String, String> settings) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setRegisterShutdownHook(false);
        settings.forEach(builder::setServerConfig);
        try {
            return new Postgres(builder.start(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server whose programs are unpacked to one directory and whose data lie in another; the caller stops it. */
    public static Postgres startIn(Path programs, Path data) {
        try {
            return new Postgres(
                    EmbeddedPostgres.builder()
                            .setOverrideWorkingDirectory(
                                    programs.toAbsolutePath().toFile())
                            .setDataDirectory(data.resolve("data"))
                            .setRegisterShutdownHook(false)
                            .start(),
                    false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A replica of this server, which follows it by streaming; its data lie in the empty {@code directory}. */
    public Postgres replica(Path directory) {
        BaseBackup.of(admin(), directory);
        try {
            return new Postgres(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(directory)
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .start(),
                    false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of the caller's own that wants the right password, by SCRAM, of everybody but its superuser. */
    public static Postgres startWithPasswords() {
        Postgres trusting = start();
        // The default up to 13 is md5.
        trusting.admin().execute("ALTER SYSTEM SET password_encryption = 'scram-sha-256'");
        trusting.letIn("host");
        return new Postgres(trusting.server, true);
    }

    /** From now on everybody but the superuser must come by TLS, and is shown this certificate. */
    public void requireTls(ServerCertificate certificate) {
        try {
            Path data = Path.of(admin().query("SHOW data_directory"));
            Files.writeString(data.resolve("server.crt"), certificate.certificate());
            Path key = Files.createFile(data.resolve("server.key"), OWNER_ONLY);
            Files.writeString(key, certificate.key());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        admin().execute("ALTER SYSTEM SET ssl = on");
        letIn("hostssl");
        await("TLS").until(() -> "on".equals(admin().query("SHOW ssl")));
    }

    /** Everybody but the superuser needs a password, and comes as this word of pg_hba.conf says. */
    private void letIn(String how) {
        try {
            Files.writeString(
                    Path.of(admin().query("SHOW hba_file")),
                    "local all all trust\nhost all postgres all trust\n" + how + " all all all scram-sha-256\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        admin().execute("SELECT pg_reload_conf()");
    }

    /** A port on which nothing listens. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fresh database; its user is the superuser, or, where passwords are asked for, an owner of its own. */
    public Database newDatabase(String prefix) {
        String name = prefix + "_" + NUMBER.incrementAndGet();
        if (!passwords) {
            admin().execute("CREATE DATABASE " + name);
            return new Database("localhost", port(), name, "postgres", UNASKED);
        }
        String password = "secret-of-" + name;
        admin().execute("CREATE ROLE " + name + "_owner LOGIN PASSWORD '" + password + "'");
        admin().execute("CREATE DATABASE " + name + " OWNER " + name + "_owner");
        return new Database("localhost", port(), name, name + "_owner", password);
    }

    /** Where its programs are, such as {@code initdb}. */
    public Path programs() {
        return Path.of(admin().query("SELECT setting FROM pg_config WHERE name = 'BINDIR'"));
    }

    public int port() {
        return server.getPort();
    }

    /** The superuser's view of the server. */
    public Database admin() {
        return new Database("localhost", port(), "postgres", "postgres", UNASKED);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        private static final Postgres SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
