package dev.dbmigration.runner.verify.object;

import static dev.dbmigration.runner.verify.finding.Words.listed;

import dev.dbmigration.check.EnumCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The labels of an enum type, in order. */
public record EnumProbe(EnumCheck check) implements Probe {

    private static final String LABELS =
            "SELECT enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = ?::pg_catalog.oid ORDER BY enumsortorder";

    @Override
    public String expected() {
        return "labels " + listed(check.labels());
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        ObjectName name = new ObjectName(ObjectKind.ENUM, check.schema(), check.name());
        Optional<Located> type = name.locate(catalogue);
        return type.isPresent()
                ? compared(catalogue.all(
                        LABELS, row -> row.getString(1), type.get().oid()))
                : Finding.of(false, expected(), name.missingWithHint(catalogue));
    }

    private Finding compared(List<String> labels) {
        boolean same = labels.equals(check.labels());
        String all = labels.isEmpty() ? "no labels" : "labels " + listed(labels);
        return Finding.of(same, expected(), same ? all : difference(labels) + ": " + all);
    }

    /** What differs stands before the labels, as a long list is cut at its end. */
    private String difference(List<String> labels) {
        List<String> words = new ArrayList<>();
        name(words, "missing ", without(check.labels(), labels));
        name(words, "not expected ", without(labels, check.labels()));
        return words.isEmpty() ? "another order" : String.join(", ", words);
    }

    private static void name(List<String> words, String what, List<String> labels) {
        if (!labels.isEmpty()) {
            words.add(what + listed(labels));
        }
    }

    private static List<String> without(List<String> labels, List<String> others) {
        return labels.stream().filter(label -> !others.contains(label)).toList();
    }
}
