package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.engine.Tables.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Medians, ratios and aims, as they are printed. */
class TablesTest {

    private final Map<String, String> versions = new LinkedHashMap<>();

    @Test
    void ratiosAndAimsStandBesideTheMedians() {
        versions.put("runner", "1");
        versions.put("psql", "15");
        versions.put("Flyway", "13");
        Row near = new Row(
                "near",
                false,
                Map.of(
                        "runner", measured(0.3, 0.2, 9, 1.2, 1.3),
                        "psql", measured(0.1, 0.1, 1, 1, 1),
                        "Flyway", measured(1, 2, 8, 8, 8)));
        Row far = new Row(
                "far",
                true,
                Map.of(
                        "runner", measured(0.4, 0.4, 2, 2, 2),
                        "psql", measured(0.1, 0.1, 4, 4, 4),
                        "Flyway", measured(1, 2, 8, 8, 8)));

        assertThat(printed(near, far)).isEqualTo("""

                ### Time

                | median of 3 | runner 1 | psql 15 | Flyway 13 | runner to psql | aim for the runner |
                |---|---|---|---|---|---|
                | near | 1.300 s | 1.000 s | 8.000 s | 1.30 | at most 1.300 s: met |
                | far | 2.000 s | 4.000 s | 8.000 s | 0.50 | at most 1.400 s: missed |

                ### Nothing to do

                | median of 3 | runner 1 | psql 15 | Flyway 13 | runner to psql | aim for the runner |
                |---|---|---|---|---|---|
                | near | 0.300 s | 0.100 s | 1.000 s | 3.00 | at most 0.350 s: met |
                | far | 0.400 s | 0.100 s | 1.000 s | 4.00 | at most 0.350 s: missed |

                ### The client's CPU

                | median of 3 | runner 1 | psql 15 | Flyway 13 | runner to Flyway | aim for the runner |
                |---|---|---|---|---|---|
                | near | 0.200 s | 0.100 s | 2.000 s | 0.10 | at most 0.300 s: met |
                | far | 0.400 s | 0.100 s | 2.000 s | 0.20 | at most 0.300 s: missed |
                """);
    }

    @Test
    void whoIsLeftOutIsNoAim() {
        versions.put("runner", "1");

        assertThat(printed(new Row("near", false, Map.of("runner", measured(0.3, 0.2, 1)))))
                .contains("| near | 1.000 s | | |\n")
                .contains("| near | 0.300 s | | at most 0.350 s: met |\n")
                .contains("| near | 0.200 s | | |\n");
    }

    private static Measured measured(double nothing, double cpu, double... seconds) {
        return new Measured(DoubleStream.of(seconds)
                .mapToObj(one -> new Turn(new Spent(one, cpu), new Spent(nothing, cpu)))
                .toList());
    }

    private String printed(Row... rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Tables(new PrintStream(out, true, StandardCharsets.UTF_8), versions, List.of(rows), 3).print();
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
