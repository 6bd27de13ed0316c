package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Words.quoted;

import dev.dbmigration.check.ColumnCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.catalogue.TypeName;
import dev.dbmigration.runner.verify.Finding.Part;
import dev.dbmigration.runner.verify.ObjectName.Located;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column: that it is there, its type, whether it accepts NULL, its default. */
record ColumnProbe(ColumnCheck check) implements Probe {

    @Override
    public String expected() {
        List<String> words = new ArrayList<>();
        if (check.type() != null) {
            words.add("type " + check.type());
        }
        if (check.nullable() != null) {
            words.add(nullability(check.nullable()));
        }
        if (check.defaultValue() != null) {
            words.add(defaultWords(check.defaultValue()));
        }
        boolean attributes = Presence.wanted(check.exists()) && !words.isEmpty();
        return attributes ? String.join(", ", words) : Presence.words(check.exists());
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
        List<Part> parts = Presence.wanted(check.exists()) ? parts(catalogue, column.get()) : List.of();
        String there = "column " + table + "." + column.get().name();
        return parts.isEmpty() ? Presence.found(check.exists(), there) : new Finding(parts);
    }

    private Finding missing(Catalogue catalogue, Located table) throws SQLException {
        String missing = "no column " + quoted(check.name()) + " in table " + table;
        return Presence.wanted(check.exists())
                ? Finding.of(
                        false, expected(), missing + NearestName.hint(check.name(), Column.names(catalogue, table)))
                : Finding.of(true, expected(), missing);
    }

    private List<Part> parts(Catalogue catalogue, Column column) throws SQLException {
        List<Part> parts = new ArrayList<>();
        if (check.type() != null) {
            parts.add(type(catalogue, column.type()));
        }
        if (check.nullable() != null) {
            parts.add(Part.of(nullability(check.nullable()), nullability(column.nullable())));
        }
        if (check.defaultValue() != null) {
            parts.add(defaultValue(column));
        }
        return parts;
    }

    private Part type(Catalogue catalogue, String type) throws SQLException {
        return TypeName.canonical(catalogue, check.type())
                .map(canonical -> Part.of("type " + canonical, "type " + type))
                .orElseGet(() -> unknownType(type));
    }

    private Part unknownType(String type) {
        return new Part("type " + check.type(), "type " + type + " (no type " + check.type() + " exists)", false);
    }

    private Part defaultValue(Column column) {
        String found = column.defaultValue();
        boolean same = check.defaultValue().isEmpty()
                ? found == null
                : found != null && Expression.same(check.defaultValue(), found);
        return new Part(defaultWords(check.defaultValue()), observedDefault(column), same);
    }

    private static String observedDefault(Column column) {
        String words = defaultWords(column.defaultValue());
        return column.origin().isEmpty() ? words : words + " (" + column.origin() + ")";
    }

    private static String defaultWords(String value) {
        return value == null || value.isEmpty() ? "no default" : "default " + value;
    }

    private static String nullability(boolean nullable) {
        return nullable ? "nullable" : "NOT NULL";
    }
}
