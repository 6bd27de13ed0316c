package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner as the pod starts it: a process of its own. */
class RunnerMainTest {

    @TempDir
    Path root;

    private List<String> options = List.of();
    private final Database database = Postgres.shared().newDatabase("process");

    @Test
    void exitsWithZeroWhenAllIsApplied() throws Exception {
        RunDirectory run =
                new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ()").write();

        Process process = start("runner", "apply", root.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(run.report().outcome()).isEqualTo(Outcome.Applied);
        assertThat(output().strip().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith("dbmigration-report: {");
        assertThat(output()).doesNotContain("SLF4J").doesNotContain(database.password());
    }

    @Test
    void startsWithoutTheOperatorsLibraries() throws Exception {
        new RunDirectory(root).sql("001_a.sql", "SELECT 1").write();
        Path classes = root.resolve("classes");
        options = List.of("-Xlog:class+load:file=" + classes);

        Process process = start("runner", "apply", root.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(classes))
                .contains("dev.dbmigration.runner.RunnerMain")
                .doesNotContain("io.fabric8.kubernetes", "io.javaoperatorsdk", "org.slf4j", "ch.qos.logback")
                .doesNotContain("jackson.dataformat", "snakeyaml", "runner.snapshot");
    }

    @Test
    void exitsWithOneWhenAFileFails() throws Exception {
        RunDirectory run =
                new RunDirectory(root).sql("001_a.sql", "SELECT * FROM nowhere").write();

        Process process = start("runner", "apply", root.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(run.report().reason()).isEqualTo(Reason.UndefinedObject);
    }

    @Test
    void writesUtf8WhereThereIsNoLocale() throws Exception {
        new RunDirectory(root).sql("001_a.sql", "SELECT * FROM \"café\"").write();
        options = List.of("-Dfile.encoding=US-ASCII", "-Dstdout.encoding=US-ASCII");

        Process process = start("runner", "apply", root.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("relation \"café\" does not exist");
    }

    @Test
    void exitsWithSixtyFourWhenItIsCalledWrongly() throws Exception {
        Process process = start("runner", "aply", root.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(64);
        assertThat(output()).startsWith("usage:");
    }

    @Test
    void aDirectoryWithoutInputIsReported() throws Exception {
        Process process = start("runner", "apply", root.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(new RunDirectory(root).report().reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(output()).doesNotContain("\tat ");
    }

    @Test
    void tooLittleMemoryIsSaidToBeIt() throws Exception {
        RunDirectory run = new RunDirectory(root)
                .sql("001_a.sql", "CREATE TABLE a (); SELECT repeat('x', 200000000)")
                .write();
        options = List.of("-Xmx64m");

        Process process = start("runner", "apply", root.toString());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(run.report().reason()).isEqualTo(Reason.OutOfMemory);
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    @Test
    void sigtermCancelsTheStatementRollsBackAndReports() throws Exception {
        RunDirectory run = new RunDirectory(root)
                .sql("001_a.sql", "CREATE TABLE a ()")
                .sql("002_b.sql", "CREATE TABLE b (); SELECT pg_sleep(3600)")
                .write();
        Process process = start("runner", "apply", root.toString());
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> sleeping() == 1);

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(run.report().outcome()).isEqualTo(Outcome.Failed);
        assertThat(run.report().reason()).isEqualTo(Reason.PodEvicted);
        assertThat(run.report().summary().applied()).isEqualTo(1);
        assertThat(run.report().failures().get(0).message()).contains("nothing of this file was kept");
        assertThat(run.report().failures().get(0).hint()).isNull();
        assertThat(sleeping()).isZero();
        assertThat(database.query("SELECT to_regclass('b')")).isNull();
        assertThat(database.query("SELECT string_agg(version, ' ') FROM dbmigration.migrations"))
                .isEqualTo("1");
    }

    @Test
    void sigtermCancelsACopyToo() throws Exception {
        RunDirectory run = new RunDirectory(root)
                .sql("001_a.sql", "CREATE TABLE a (n int);\nCOPY a FROM STDIN WHERE pg_sleep(3600) IS NULL;\n1\n2\n")
                .write();
        Process process = start("runner", "apply", root.toString());
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> active("COPY a %") == 1);

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.report().reason()).isEqualTo(Reason.PodEvicted);
        assertThat(active("COPY a %")).isZero();
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    private int sleeping() {
        return active("SELECT pg_sleep(3600)");
    }

    private int active(String query) {
        return Integer.parseInt(database.query("SELECT count(*) FROM pg_stat_activity WHERE datname = '"
                + database.name() + "' AND state = 'active' AND query LIKE '" + query + "'"));
    }

    private Process start(String... arguments) throws IOException {
        return new RunnerProcess(root, database, options).start(arguments);
    }

    private String output() throws IOException {
        return new RunnerProcess(root, database, options).output();
    }
}
