package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input at the edges of what is usual. */
class GoodInputTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("good");

    @Test
    void aFileOfOneMebibyte() {
        String row = "INSERT INTO big VALUES ('0123456789');\n";
        String head = "CREATE TABLE big (s text);\n";
        int rows = ((1 << 20) - head.length()) / row.length();
        RunDirectory run = new RunDirectory(root).sql("001_big.sql", head + row.repeat(rows));

        Report report = run.apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(report.dropped()).contains("statements");
        assertThat(database.query("SELECT count(*) FROM big")).isEqualTo(String.valueOf(rows));
    }

    @Test
    void oneFileWithoutVersionHasItsNameAsVersion() {
        new RunDirectory(root).sql("make_nullable.sql", "SELECT 1").apply(database);

        assertThat(database.query("SELECT version FROM dbmigration.migrations")).isEqualTo("make_nullable.sql");
    }

    @Test
    void aConfigMapVolumeIsMadeOfLinks() throws Exception {
        RunDirectory run = new RunDirectory(root);
        Path volume = run.source("volume");
        Path data = Files.createDirectories(volume.resolve("..2026_11_20"));
        Files.writeString(data.resolve("001_a.sql"), "CREATE TABLE a ()");
        Files.writeString(data.resolve("001_a.down.sql"), "DROP TABLE a");
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_11_20"));
        Files.createSymbolicLink(volume.resolve("001_a.sql"), Path.of("..data/001_a.sql"));
        Files.createSymbolicLink(volume.resolve("001_a.down.sql"), Path.of("..data/001_a.down.sql"));

        Report report = run.apply(database);

        assertThat(report.summary().applied()).isEqualTo(1);
        assertThat(report.files()).hasSize(1);
        assertThat(run.log()).contains("not run: ConfigMap volume: 001_a.down.sql (a way down)");
    }

    @Test
    void sourcesInTheirOrderAndVersionsInTheirs() {
        RunDirectory run = new RunDirectory(root)
                .file("late", "20_t.sql", "SELECT 1")
                .file("late", "3_t.sql", "SELECT 1")
                .file("early", "1_t.sql", "SELECT 1");

        assertThat(run.apply(database).files()).extracting("file").containsExactly("3_t.sql", "20_t.sql", "1_t.sql");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndings() {
        Report report = new RunDirectory(root)
                .sql("1.sql", "\uFEFFCREATE TABLE a (n int);\r\n\r\nINSERT INTO nowhere VALUES (1);\r\n")
                .apply(database);

        assertThat(report.failures().get(0).line()).isEqualTo(3);
        assertThat(report.failures().get(0).sqlState()).isEqualTo("42P01");
    }
}
