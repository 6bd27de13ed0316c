package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.testing.Postgres;
import dev.dbmigration.testing.ServerCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One turn of a contender on a real server, and that nobody's time counts whose work is not in the database. */
class LaneTest {

    private static Postgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = Postgres.startWithPasswords();
        server.requireTls(ServerCertificate.of("dns:localhost"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whoBringsAllIsTimedOnEachWay() throws Exception {
        for (Way way : Way.all(List.of("0", "2"), List.of("plain", "tls"))) {
            Path prepared = Files.createTempDirectory(folder, "files");
            Contender runner = runner();
            Lane lane = lane(Load.manyFiles(3), way);
            runner.prepare(lane.load(), prepared);

            Turn turn = lane.run(runner, prepared);

            assertThat(turn.applied().seconds()).isPositive();
            assertThat(turn.nothing().cpu()).isPositive();
        }
        assertThat(server.admin().query("SELECT count(*) FROM pg_database WHERE datname LIKE 'engine%'"))
                .isEqualTo("0");
    }

    @Test
    void whoLeavesRowsOutIsNotTimed() throws Exception {
        Lane lane = lane(Load.oneFile(3), new Way(0, false));
        Contender runner = runner();
        Load less = new Load("less", "", List.of("CREATE TABLE filled (n int)"), "", "");
        runner.prepare(less, folder);

        assertThatThrownBy(() -> lane.run(runner, folder)).hasMessageContaining("instead of «2 rows, 2 different");
    }

    @Test
    void whoFailsIsNotTimed() throws Exception {
        Lane lane = lane(Load.oneFile(3), new Way(0, false));
        Contender runner = runner();
        runner.prepare(new Load("bad", "", List.of("CREATE TABEL filled (n int)"), "", ""), folder);

        assertThatThrownBy(() -> lane.run(runner, folder))
                .hasMessageContaining("failed with 1")
                .hasMessageContaining("TABEL");
    }

    @Test
    void aTitleSaysWhichWay() {
        Load load = Load.oneFile(3);

        assertThat(Way.all(List.of("0", "2"), List.of("plain", "tls")))
                .map(way -> lane(load, way).title())
                .containsExactly(
                        "one file of 3 statements",
                        "one file of 3 statements, TLS and SCRAM",
                        "one file of 3 statements, 2 ms added",
                        "one file of 3 statements, 2 ms added, TLS and SCRAM");
    }

    @Test
    void wordsThatNameNothingAreRefused() {
        assertThatThrownBy(() -> Way.all(List.of("0"), List.of("tsl"))).hasMessageContaining("tsl");
        assertThatThrownBy(() -> Load.of("file")).hasMessageContaining("file");
        assertThat(Load.of("files").files()).hasSize(500);
        assertThat(Load.of("statements").files()).hasSize(1);
    }

    private Lane lane(Load load, Way way) {
        return new Lane(load, way, server, new Stopwatch(folder));
    }

    /** From the class path of the build, without an archive of classes. */
    private InstalledRunner runner() {
        List<String> words =
                List.of(Command.javaProgram(), "-cp", System.getProperty("java.class.path"), "dev.dbmigration.Main");
        return new InstalledRunner(new Entrypoint(words, Map.of()), folder);
    }
}
