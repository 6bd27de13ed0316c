package dev.dbmigration.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of {@code docs/failures.md} as data. */
final class FailureTable {

    private static final Path FILE = Path.of("docs", "failures.md");

    /** One row of the second table; a status of null: it stays as it was. */
    record Situation(String id, String text, String decision, String status) {}

    private FailureTable() {}

    /** The cure of each reason of the first table. */
    static Map<String, String> cures() {
        return cells(5).stream()
                .filter(cells -> !cells.get(0).equals("reason"))
                .collect(Collectors.toMap(
                        cells -> cells.get(0),
                        cells -> cells.get(2),
                        (first, second) -> first + " and " + second,
                        LinkedHashMap::new));
    }

    static List<Situation> situations() {
        return cells(8).stream()
                .filter(cells -> cells.get(0).matches("R[0-9]+"))
                .map(cells -> new Situation(
                        cells.get(0),
                        cells.get(1),
                        cells.get(2),
                        cells.get(3).equals("—") ? null : String.join(" | ", cells.subList(3, 8))))
                .toList();
    }

    static Situation situation(String id) {
        return situations().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(FILE + " has no row " + id));
    }

    private static List<List<String>> cells(int columns) {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> line.startsWith("| ") && line.endsWith("|"))
                    .map(line -> Arrays.stream(
                                    line.substring(1, line.length() - 1).split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    .filter(cells -> cells.size() == columns)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
