package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.PrivilegeCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.ColumnNames;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.LooseKind;
import dev.dbmigration.runner.verify.finding.LooseName;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Sought;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What privileges are granted on, and how the server is asked about one.
 *
 * @param effective an expression that says whether the role {@code r.oid} has the privilege {@code p.name}
 * @param acl an expression of what was granted by name, of the catalogue's row {@code o}
 */
record Grantable(Located object, String described, String effective, String acl, String catalogue) {

    /** The object of a check; thrown where it is not there, as then nothing is known of any privilege. */
    static Grantable of(PrivilegeCheck check, Catalogue catalogue) throws SQLException {
        PrivilegeCheck.On on = check.on() == null ? PrivilegeCheck.On.Table : check.on();
        return switch (on) {
            case Table -> table(check, catalogue);
            case Sequence -> relation(named(ObjectKind.SEQUENCE, check), "sequence", "s", catalogue);
            case Function -> function(check, catalogue);
            case Schema ->
                loose(new LooseName(LooseKind.SCHEMA, check.name()), "schema", "n", "nsp", "pg_namespace", catalogue);
            case Database ->
                loose(
                        new LooseName(LooseKind.DATABASE, check.name()),
                        "database",
                        "d",
                        "dat",
                        "pg_database",
                        catalogue);
        };
    }

    private static ObjectName named(ObjectKind kind, PrivilegeCheck check) {
        return new ObjectName(kind, check.schema(), check.name());
    }

    private static Grantable table(PrivilegeCheck check, Catalogue catalogue) throws SQLException {
        ObjectName name = named(ObjectKind.TABLE, check);
        return check.column() == null
                ? relation(name, "table", "r", catalogue)
                : column(located(name, catalogue), check.column(), catalogue);
    }

    private static Grantable relation(ObjectName name, String kind, String letter, Catalogue catalogue)
            throws SQLException {
        Located object = located(name, catalogue);
        return new Grantable(
                object,
                kind + " " + object,
                "pg_catalog.has_" + kind + "_privilege(r.oid, o.oid, p.name)",
                "COALESCE(o.relacl, pg_catalog.acldefault('" + letter + "', o.relowner))",
                "pg_catalog.pg_class");
    }

    private static Grantable column(Located table, String name, Catalogue catalogue) throws SQLException {
        ColumnNames names = ColumnNames.of(catalogue, table);
        String column = Column.find(catalogue, table, name)
                .orElseThrow(() -> new SQLException(names.missing(name)))
                .name();
        String literal = "'" + column.replace("'", "''") + "'";
        return new Grantable(
                table,
                "column " + table + "." + column,
                "pg_catalog.has_column_privilege(r.oid, o.oid, (o.a).attnum, p.name)",
                "COALESCE((o.a).attacl, '{}')",
                "(SELECT c.oid, a FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
                        + " WHERE a.attname = E" + literal.replace("\\", "\\\\") + ")");
    }

    private static Grantable function(PrivilegeCheck check, Catalogue catalogue) throws SQLException {
        Overloads found = Overloads.find(catalogue, check.schema(), check.name(), check.arguments());
        List<Routine> meant = found.meant();
        if (meant.isEmpty()) {
            throw new SQLException(found.missingWithHint(catalogue));
        }
        if (meant.size() > 1) {
            throw new SQLException("there are " + meant.size() + " functions \"" + check.name() + "\": set arguments");
        }
        return new Grantable(
                meant.get(0).name(),
                meant.get(0).toString(),
                "pg_catalog.has_function_privilege(r.oid, o.oid, p.name)",
                "COALESCE(o.proacl, pg_catalog.acldefault('f', o.proowner))",
                "pg_catalog.pg_proc");
    }

    private static Grantable loose(
            LooseName name, String kind, String letter, String prefix, String table, Catalogue catalogue)
            throws SQLException {
        Located object = located(name, catalogue);
        String owner = prefix.equals("dat") ? "datdba" : prefix + "owner";
        return new Grantable(
                object,
                kind + " " + object,
                "pg_catalog.has_" + kind + "_privilege(r.oid, o.oid, p.name)",
                "COALESCE(o." + prefix + "acl, pg_catalog.acldefault('" + letter + "', o." + owner + "))",
                "pg_catalog." + table);
    }

    private static Located located(Sought name, Catalogue catalogue) throws SQLException {
        Optional<Located> found = name.locate(catalogue);
        if (found.isEmpty()) {
            throw new SQLException(name.missingWithHint(catalogue));
        }
        return found.get();
    }
}
