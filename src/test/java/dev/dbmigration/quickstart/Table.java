package dev.dbmigration.quickstart;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What {@code kubectl get} shows of resources of one kind: their names, and the printer columns of their CRD. */
final class Table {

    private static final int GAP = 3;

    private Table() {}

    static List<String> of(Class<? extends HasMetadata> kind, Collection<? extends HasMetadata> resources) {
        List<AdditionalPrinterColumn> columns = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .filter(column -> column.priority() == 0)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("NAME", columns.stream().map(column -> column.name().toUpperCase(Locale.ROOT))));
        for (HasMetadata resource : resources) {
            Cells cells = Cells.of(resource);
            rows.add(row(resource.getMetadata().getName(), columns.stream().map(cells::cell)));
        }
        return aligned(rows);
    }

    private static List<String> row(String name, java.util.stream.Stream<String> cells) {
        List<String> row = new ArrayList<>(List.of(name));
        cells.forEach(row::add);
        return row;
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)
                        + GAP)
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column)
                                + " ".repeat(widths[column] - row.get(column).length()))
                        .collect(Collectors.joining())
                        .stripTrailing())
                .toList();
    }
}
