package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.ConstraintCheck.Action;
import dev.dbmigration.check.ConstraintCheck.Type;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.Printed;
import dev.dbmigration.runner.verify.finding.Reference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A constraint as the catalogue has it.
 *
 * @param name empty for a NOT NULL of a server before 18, which gives it none
 * @param key what a foreign key refers to, and what it does; null: no foreign key
 */
record Constraint(
        Located table,
        String name,
        Type type,
        List<String> columns,
        Key key,
        Printed expression,
        Printed definition,
        boolean validated,
        boolean enforced) {

    /** conenforced came with 18, hence the way through JSON, which no older server stumbles over. */
    private static final String CONSTRAINTS = """
            SELECT c.conname, c.contype::pg_catalog.text,
                   ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.unnest(c.conkey) WITH ORDINALITY AS k (num, n)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY k.n),
                   n.nspname, f.relname, n.nspname""" + Facts.IN_PATH + """
                   ,
                   ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.unnest(c.confkey) WITH ORDINALITY AS k (num, n)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.n),
                   c.confdeltype, c.confupdtype,
                   pg_catalog.pg_get_expr(c.conbin, c.conrelid), pg_catalog.pg_get_expr(c.conbin, c.conrelid, true),
                   pg_catalog.pg_get_constraintdef(c.oid), pg_catalog.pg_get_constraintdef(c.oid, true),
                   c.convalidated, COALESCE((pg_catalog.to_jsonb(c) ->> 'conenforced')::boolean, true)
            FROM pg_catalog.pg_constraint c
            LEFT JOIN pg_catalog.pg_class f ON f.oid = c.confrelid
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.relnamespace
            WHERE c.conrelid = ?::pg_catalog.oid AND c.contype IN ('p', 'u', 'c', 'f', 'x', 'n')
            UNION ALL
            SELECT '', 'n', ARRAY[a.attname::pg_catalog.text], NULL, NULL, NULL, NULL, '', '', NULL, NULL,
                   'NOT NULL ' || pg_catalog.quote_ident(a.attname), NULL, true, true
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = ?::pg_catalog.oid AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
              AND pg_catalog.current_setting('server_version_num')::integer < 180000
            ORDER BY 1, 3""";

    /** See https://www.postgresql.org/docs/current/catalog-pg-constraint.html, contype. */
    private static final Map<String, Type> TYPES = Map.of(
            "p", Type.PrimaryKey,
            "u", Type.Unique,
            "c", Type.Check,
            "f", Type.ForeignKey,
            "x", Type.Exclusion,
            "n", Type.NotNull);

    /** The same place, confdeltype and confupdtype. */
    private static final Map<String, Action> ACTIONS = Map.of(
            "a", Action.NoAction,
            "r", Action.Restrict,
            "c", Action.Cascade,
            "n", Action.SetNull,
            "d", Action.SetDefault);

    /** The far end of a foreign key. */
    record Key(Reference table, List<String> columns, Action onDelete, Action onUpdate) {

        private static final Key NONE = new Key(null, List.of(), null, null);
    }

    /** All constraints of a table. */
    static List<Constraint> of(Catalogue catalogue, Located table) throws SQLException {
        return catalogue.all(CONSTRAINTS, row -> read(table, row), table.oid(), table.oid());
    }

    private static Constraint read(Located table, ResultSet row) throws SQLException {
        Type type = TYPES.get(row.getString(2));
        return new Constraint(
                table,
                row.getString(1),
                type,
                Catalogue.texts(row, 3),
                type == Type.ForeignKey ? key(row) : Key.NONE,
                type == Type.Check ? Facts.printed(row, 10) : null,
                Facts.printed(row, 12),
                row.getBoolean(14),
                row.getBoolean(15));
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                Facts.reference(row, 4),
                Catalogue.texts(row, 7),
                ACTIONS.get(row.getString(8)),
                ACTIONS.get(row.getString(9)));
    }

    /** What a person calls such a constraint. */
    static String noun(Type type) {
        return switch (type) {
            case PrimaryKey -> "primary key";
            case Unique -> "unique constraint";
            case Check -> "check constraint";
            case ForeignKey -> "foreign key";
            case Exclusion -> "exclusion constraint";
            case NotNull -> "NOT NULL constraint";
        };
    }

    @Override
    public String toString() {
        return (noun(type) + " " + name).strip() + " on table " + table;
    }
}
