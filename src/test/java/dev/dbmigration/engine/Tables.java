package dev.dbmigration.engine;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a benchmark has seen, as tables in Markdown, with the runner's aims.
 *
 * @param versions of the contenders, by their names; a table has a column for each
 * @param runs how often each was measured
 */
record Tables(PrintStream out, Map<String, String> versions, List<Row> rows, int runs) {

    private static final double OF_PSQL_DELAYED = 0.35;
    private static final double NOTHING_SECONDS = 0.35;
    private static final double OF_FLYWAYS_CPU = 0.15;

    /**
     * One load on one way.
     *
     * @param measured by the contender's name
     */
    record Row(String title, boolean delayed, Map<String, Measured> measured) {

        private Optional<Double> of(String name, ToDoubleFunction<Measured> figure) {
            return Optional.ofNullable(measured.get(name)).map(figure::applyAsDouble);
        }

        /** What the runner is to take at most, in seconds. */
        private Optional<Double> mostSeconds() {
            Optional<Double> psql = of("psql", Measured::seconds);
            return delayed
                    ? psql.map(seconds -> seconds * OF_PSQL_DELAYED)
                    : psql.flatMap(seconds -> of("runner", Measured::nothing).map(nothing -> seconds + nothing));
        }
    }

    private interface Aim {
        Optional<Double> most(Row row);
    }

    void print() {
        table("Time", "psql", Measured::seconds, Row::mostSeconds);
        table("Nothing to do", "psql", Measured::nothing, row -> Optional.of(NOTHING_SECONDS));
        table(
                "The client's CPU",
                "Flyway",
                Measured::cpu,
                row -> row.of("Flyway", Measured::cpu).map(seconds -> seconds * OF_FLYWAYS_CPU));
    }

    private void table(String title, String beside, ToDoubleFunction<Measured> figure, Aim aim) {
        print("%n### %s%n%n| median of %d |", title, runs);
        versions.forEach((name, version) -> print(" %s %s |", name, version));
        print(" runner to %s | aim for the runner |%n|---|%s---|---|%n", beside, "---|".repeat(versions.size()));
        rows.forEach(row -> row(row, beside, figure, aim));
    }

    private void row(Row row, String beside, ToDoubleFunction<Measured> figure, Aim aim) {
        print("| %s |", row.title());
        versions.keySet().forEach(name -> cell(row.of(name, figure).map(seconds -> text("%.3f s", seconds))));
        Optional<Double> ours = row.of("runner", figure);
        Optional<Double> theirs = row.of(beside, figure);
        cell(ours.flatMap(our -> theirs.map(their -> text("%.2f", our / their))));
        cell(ours.flatMap(our ->
                aim.most(row).map(most -> text("at most %.3f s: %s", most, our <= most ? "met" : "missed"))));
        print("%n");
    }

    private void cell(Optional<String> content) {
        print(content.map(text -> " " + text + " |").orElse(" |"));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void print(String format, Object... values) {
        out.print(text(format, values));
    }
}
