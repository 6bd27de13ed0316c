package dev.dbmigration.runner.verify.finding;

import static dev.dbmigration.runner.verify.finding.Words.quoted;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A name that a check gives to a part of a table: a constraint, a trigger, a policy. */
public record PartName(PartKind kind, ObjectName table, String name) implements Sought {

    /** In the table of this name; schema may be null. */
    public static PartName of(PartKind kind, String schema, String table, String name) {
        return new PartName(kind, new ObjectName(ObjectKind.TABLE, schema, table), name);
    }

    @Override
    public Optional<Located> locate(Catalogue catalogue) throws SQLException {
        Optional<Located> owner = table.locate(catalogue);
        return owner.isPresent() ? in(owner.get(), catalogue) : Optional.empty();
    }

    private Optional<Located> in(Located owner, Catalogue catalogue) throws SQLException {
        String[] names = ObjectName.spellings(name);
        String sql = "SELECT o.oid, NULL, o.name FROM (" + kind.source() + ") o"
                + " WHERE o.owner = ?::pg_catalog.oid AND o.name = ANY (?)"
                + " ORDER BY pg_catalog.array_position(?, o.name::pg_catalog.text) LIMIT 1";
        return catalogue.first(sql, Located::read, owner.oid(), names, names);
    }

    @Override
    public boolean provable(Catalogue catalogue) throws SQLException {
        return table.locate(catalogue).isPresent();
    }

    @Override
    public String missing(Catalogue catalogue) throws SQLException {
        Optional<Located> owner = table.locate(catalogue);
        return owner.isPresent() ? missingIn(owner.get()) : table.missing(catalogue);
    }

    @Override
    public String missingWithHint(Catalogue catalogue) throws SQLException {
        Optional<Located> owner = table.locate(catalogue);
        if (owner.isEmpty()) {
            return table.missingWithHint(catalogue);
        }
        String sql = "SELECT o.name FROM (" + kind.source() + ") o WHERE o.owner = ?::pg_catalog.oid ORDER BY o.name";
        List<String> names =
                catalogue.all(sql, row -> row.getString(1), owner.get().oid());
        return missingIn(owner.get()) + NearestName.hint(name, names);
    }

    private String missingIn(Located owner) {
        return "no " + kind.noun() + " " + quoted(name) + " on table " + owner;
    }

    @Override
    public String described(Located object) {
        return kind.noun() + " " + object + " on table " + table.name();
    }
}
