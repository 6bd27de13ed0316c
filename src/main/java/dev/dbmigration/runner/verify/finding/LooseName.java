package dev.dbmigration.runner.verify.finding;

import static dev.dbmigration.runner.verify.finding.Words.quoted;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A name that a check gives to an object that lies in no schema. */
public record LooseName(LooseKind kind, String name) implements Sought {

    @Override
    public Optional<Located> locate(Catalogue catalogue) throws SQLException {
        String[] names = ObjectName.spellings(name);
        String sql = "SELECT o.oid, NULL, o.name FROM (" + kind.source() + ") o WHERE o.name = ANY (?)"
                + " ORDER BY pg_catalog.array_position(?, o.name::pg_catalog.text) LIMIT 1";
        return catalogue.first(sql, Located::read, names, names);
    }

    @Override
    public String missing(Catalogue catalogue) {
        return "no " + kind.noun() + " " + quoted(name);
    }

    @Override
    public String missingWithHint(Catalogue catalogue) throws SQLException {
        String sql = "SELECT o.name FROM (" + kind.source() + ") o ORDER BY o.name LIMIT " + ObjectName.NAMES;
        List<String> names = catalogue.all(sql, row -> row.getString(1));
        return missing(catalogue) + NearestName.hint(name, names);
    }

    @Override
    public String described(Located object) {
        return kind.noun() + " " + object;
    }
}
