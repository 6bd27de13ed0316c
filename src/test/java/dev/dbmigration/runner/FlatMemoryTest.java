package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY data far larger than the memory of the runner: it goes from the file to the server and is never held. */
class FlatMemoryTest {

    private static final String ROW = "é ".repeat(500) + "\n";
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("flat");

    @Test
    void aHundredMebibytesInAHeapOfThirtyTwo() throws Exception {
        copies(100 * MEBIBYTE);
    }

    @Test
    @Tag("regress")
    void oneGibibyteInAHeapOfThirtyTwo() throws Exception {
        copies(1024 * MEBIBYTE);
    }

    /** The server reads every row and keeps none, so that it is we who are measured. */
    private void copies(long bytes) throws Exception {
        RunDirectory run = new RunDirectory(root);
        long rows = write(run.source("big").resolve("001_big.sql"), bytes);
        run.write();

        Process process =
                new RunnerProcess(root, database, List.of("-Xmx32m")).start("runner", "apply", root.toString());

        assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        assertThat(run.report().outcome()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT last_value FROM seen")).isEqualTo(String.valueOf(rows));
    }

    /** The number of its rows. */
    private static long write(Path file, long bytes) throws IOException {
        long rows = bytes / ROW.getBytes(StandardCharsets.UTF_8).length;
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("CREATE TABLE a (line text);\nCREATE SEQUENCE seen;\n");
            writer.write("COPY a FROM STDIN WHERE nextval('seen') < 0;\n");
            for (long i = 0; i < rows; i++) {
                writer.write(ROW);
            }
            writer.write("\\.\nCREATE TABLE b ();\n");
        }
        return rows;
    }
}
