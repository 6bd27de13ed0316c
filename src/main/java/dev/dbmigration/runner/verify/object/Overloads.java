package dev.dbmigration.runner.verify.object;

import static dev.dbmigration.runner.verify.finding.Words.quoted;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.catalogue.TypeName;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The functions that a check may mean by a name.
 *
 * @param meant those with the stated arguments, or all where none are stated
 * @param unknown a stated type that does not exist; null: each does
 */
record Overloads(ObjectName name, List<String> arguments, List<Routine> all, List<Routine> meant, String unknown) {

    /** Null arguments: not stated. */
    static Overloads find(Catalogue catalogue, String schema, String name, List<String> arguments) throws SQLException {
        ObjectName object = new ObjectName(ObjectKind.FUNCTION, schema, name);
        List<Routine> all = Routine.named(catalogue, schema, name);
        if (arguments == null) {
            return new Overloads(object, null, all, all, null);
        }
        List<String> types = TypeName.plain(catalogue, arguments);
        int unknown = types.indexOf(null);
        List<Routine> meant = all.stream()
                .filter(one -> one.arguments().equals(types))
                .limit(1)
                .toList();
        return new Overloads(object, arguments, all, meant, unknown < 0 ? null : arguments.get(unknown));
    }

    /** That none is meant, in words. */
    String missing(Catalogue catalogue) throws SQLException {
        return all.isEmpty()
                ? name.missing(catalogue)
                : "no function " + quoted(name.name()) + " with arguments (" + String.join(", ", arguments) + ")";
    }

    /** The same, with those that there are. */
    String missingWithHint(Catalogue catalogue) throws SQLException {
        if (all.isEmpty()) {
            return name.missingWithHint(catalogue);
        }
        String why = unknown == null ? "" : " (no type " + unknown + " exists)";
        return missing(catalogue) + why + "; there is "
                + all.stream().map(Routine::signature).collect(Collectors.joining(", "));
    }
}
