package dev.dbmigration.runner.verify.whole;

import dev.dbmigration.check.NoOrphansCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.ColumnNames;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import dev.dbmigration.runner.verify.whole.ForeignKey.Listed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** That no row refers to one that is not there: by every foreign key, or by a column without one. Rows are counted. */
public record NoOrphansProbe(NoOrphansCheck check) implements Probe {

    @Override
    public String expected() {
        return check.table() == null
                ? new Schemas(check.schema()).expected("no orphans")
                : "no orphans in " + check.table() + "." + check.column();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return check.table() == null ? all(catalogue) : one(catalogue);
    }

    private Finding all(Catalogue catalogue) throws SQLException {
        List<Listed> keys = ForeignKey.of(catalogue, new Schemas(check.schema()).names(catalogue));
        List<String> orphans = new ArrayList<>();
        int looked = 0;
        for (Listed listed : keys) {
            long rows = listed.lookedAt() ? listed.key().orphans(catalogue) : 0;
            looked += listed.lookedAt() ? 1 : 0;
            if (rows > 0) {
                orphans.add(words(listed.key(), rows));
            }
        }
        String counts = Words.count(looked, "foreign key") + " looked at, " + orphans.size() + " with orphans"
                + (looked == keys.size()
                        ? ""
                        : ", " + (keys.size() - looked) + " NOT ENFORCED or of a PERIOD not looked at");
        return Finding.of(
                orphans.isEmpty(), expected(), orphans.isEmpty() ? counts : counts + ": " + Words.some(orphans));
    }

    private Finding one(Catalogue catalogue) throws SQLException {
        NoOrphansCheck.References references = check.references();
        if (check.column() == null || references == null) {
            throw new SQLException("table, column and references are not all set");
        }
        Located from = table(catalogue, check.schema(), check.table());
        Located to = table(catalogue, references.schema(), references.table());
        String column = column(catalogue, from, check.column());
        String referred = column(catalogue, to, references.column());
        ForeignKey key = new ForeignKey(
                from + "." + check.column(),
                from.identifier(),
                to.identifier(),
                List.of(column),
                List.of("t." + referred + " = f." + column),
                false);
        long rows = key.orphans(catalogue);
        return Finding.of(
                rows == 0,
                expected(),
                rows == 0
                        ? "none"
                        : Words.count(rows, "row") + " of " + key.name() + " without a row of " + to + "."
                                + references.column());
    }

    private static String words(ForeignKey key, long rows) {
        return key.name() + ": " + Words.count(rows, "row") + " of "
                + key.from().replace("ONLY ", "") + "(" + String.join(", ", key.columns()) + ") without one of "
                + key.to().replace("ONLY ", "");
    }

    private static Located table(Catalogue catalogue, String schema, String name) throws SQLException {
        ObjectName table = new ObjectName(ObjectKind.TABLE, schema, name);
        Located located = table.locate(catalogue).orElse(null);
        if (located == null) {
            throw new SQLException(table.missingWithHint(catalogue));
        }
        return located;
    }

    private static String column(Catalogue catalogue, Located table, String name) throws SQLException {
        return ColumnNames.of(catalogue, table).identifiers(List.of(name)).get(0);
    }
}
