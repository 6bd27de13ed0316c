package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.testing.psql.Psql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL's own regression suite, file by file, beside psql: with COPY data taken, and again with each COPY failing,
 * where psql reads the data as SQL.
 */
@Tag("regress")
class RegressionSuiteTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("PG_ABS_SRCDIR", "/nowhere/src", "PG_ABS_BUILDDIR", "/nowhere/build", "PG_LIBDIR", "/nowhere/lib");

    @TempDir
    Path work;

    @BeforeAll
    static void itIsTheVersionThatWeFollow() {
        assertThat(Psql.version()).startsWith("psql (PostgreSQL) 15.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void splitsAsPsqlDoes(boolean takesCopies) throws IOException {
        Map<String, List<String>> apart = new TreeMap<>();
        List<String> different = new ArrayList<>();
        int queries = 0;
        List<Path> files = files();
        for (Path file : files) {
            LikePsql ours = new LikePsql(takesCopies, ENVIRONMENT, Map.of()).read(file);
            if (!ours.unfollowed().isEmpty()) {
                apart.put(
                        file.getFileName().toString(),
                        ours.unfollowed().stream().distinct().toList());
                continue;
            }
            List<String> psqls = new Psql(work.resolve("log"), ENVIRONMENT)
                    .queries(List.of(file), takesCopies, Map.of())
                    .get(0);
            queries += Comparison.said(psqls).size();
            String difference = Comparison.difference(ours.queries(), psqls);
            if (difference != null) {
                different.add(file.getFileName() + ", " + difference);
            }
        }
        System.out.printf(
                "%s, COPY %s: %d files, %d queries alike in %d of them; apart, for their commands: %s%n",
                Psql.version(),
                takesCopies ? "taken" : "refused",
                files.size(),
                queries,
                files.size() - apart.size() - different.size(),
                apart);
        assertThat(different).isEmpty();
        assertThat(files).hasSizeGreaterThan(200);
        assertThat(apart).hasSizeLessThan(20);
    }

    private static List<Path> files() throws IOException {
        Path directory = Path.of(System.getProperty("regress.sql"));
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }
}
