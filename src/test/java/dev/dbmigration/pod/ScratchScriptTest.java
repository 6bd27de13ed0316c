package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell that runs a server beside the runner, with the programs of the embedded PostgreSQL. */
class ScratchScriptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private Path data;
    private Path signals;
    private int port;
    private Process shell;

    @BeforeEach
    void prepare() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        data = Files.createDirectory(home.resolve("data"));
        signals = Files.createDirectory(home.resolve("signals"));
        port = Postgres.freePort();
    }

    @AfterEach
    void stop() throws InterruptedException {
        // Its trap ends the server too, which a kill would leave behind.
        shell.destroy();
        shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void theServerLetsTheRunnerInAndEndsWhenItIsTold() throws Exception {
        start(programs());
        Database database = new Database("127.0.0.1", port, "template1", "dbmigration_scratch", "");
        await("server").atMost(PATIENCE).ignoreExceptions().until(() -> "1".equals(database.query("SELECT 1")));

        Files.createFile(signals.resolve("end"));

        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        assertThat(data.resolve("data/postmaster.pid")).doesNotExist();
        assertThat(signals.resolve("failed")).doesNotExist();
    }

    @Test
    void itEndsWithItsPod() throws Exception {
        start(programs());
        await("server").atMost(PATIENCE).until(() -> Files.exists(data.resolve("data/postmaster.pid")));

        shell.destroy();

        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await("end").atMost(PATIENCE).until(() -> !Files.exists(data.resolve("data/postmaster.pid")));
    }

    @Test
    void whatKeepsItFromBeginningIsToldToTheRunner() throws Exception {
        Files.writeString(Files.createDirectory(data.resolve("data")).resolve("in-the-way"), "");

        start(programs());

        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isEqualTo(1);
        assertThat(signals.resolve("failed"))
                .content()
                .startsWith("initdb has failed")
                .contains("data/data");
    }

    /** As nobody in particular where the tests run as root, which initdb refuses. */
    private void start(String path) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.getOwner(home).getName().equals("root")) {
            command.add("unshare");
            command.add("-U");
        }
        command.addAll(List.of(
                "sh",
                "-c",
                ScratchContainer.SCRIPT,
                "scratch",
                data.toString(),
                signals.toString(),
                String.valueOf(port)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        builder.environment().put("PATH", path);
        shell = builder.start();
    }

    private static String programs() {
        return Postgres.shared().programs() + ":" + System.getenv("PATH");
    }
}
