package dev.dbmigration.runner.verify.object;

import static dev.dbmigration.runner.verify.finding.Words.quoted;

import dev.dbmigration.check.ColumnCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.ColumnNames;
import dev.dbmigration.runner.verify.finding.Expression;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Presence;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.SQLException;
import java.util.Optional;

/** A column: that it is there, its type, whether it accepts NULL, its default, and where its values come from. */
public record ColumnProbe(ColumnCheck check) implements Probe {

    private Stated<Column> stated() {
        return new Stated<Column>(check.exists())
                .type(check.type(), Column::type)
                .attribute(
                        check.nullable(),
                        nullability(),
                        (catalogue, column) -> Part.of(nullability(), column.nullability()))
                .attribute(
                        check.defaultValue(),
                        defaultWords(check.defaultValue()),
                        (catalogue, column) -> defaultValue(column))
                .same(check.identity(), Column::identity, identity -> "identity " + identity)
                .same(check.generated(), Column::generated, generated -> "generated " + generated)
                .expression(check.expression(), "expression", Column::expression)
                .name(check.collation(), "collation", Column::collation);
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        ObjectName name = new ObjectName(ObjectKind.TABLE, check.schema(), check.table());
        Optional<Located> table = name.locate(catalogue);
        // Also where the column shall be absent: of a table that is not there nothing is proved, the name may be wrong.
        return table.isPresent()
                ? inTable(catalogue, table.get())
                : Finding.of(false, expected(), name.missingWithHint(catalogue));
    }

    private Finding inTable(Catalogue catalogue, Located table) throws SQLException {
        Optional<Column> column = Column.find(catalogue, table, check.name());
        if (column.isEmpty()) {
            return missing(catalogue, table);
        }
        return stated().judgesOnlyPresence()
                ? Presence.found(
                        check.exists(), "column " + table + "." + column.get().name())
                : stated().compared(catalogue, column.get());
    }

    private Finding missing(Catalogue catalogue, Located table) throws SQLException {
        return Presence.wanted(check.exists())
                ? Finding.of(false, expected(), ColumnNames.of(catalogue, table).missing(check.name()))
                : Finding.of(true, expected(), "no column " + quoted(check.name()) + " in table " + table);
    }

    private Part defaultValue(Column column) {
        String found = column.defaultValue();
        boolean same = check.defaultValue().isEmpty()
                ? found == null
                : found != null && Expression.same(check.defaultValue(), found);
        return new Part(
                defaultWords(check.defaultValue()), defaultWords(column.defaultValue()) + column.origin(), same);
    }

    private static String defaultWords(String value) {
        return value == null || value.isEmpty() ? "no default" : "default " + value;
    }

    private String nullability() {
        return Boolean.FALSE.equals(check.nullable()) ? "NOT NULL" : "nullable";
    }
}
