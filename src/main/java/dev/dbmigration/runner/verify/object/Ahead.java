package dev.dbmigration.runner.verify.object;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.Located;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whether the next value of a sequence lies ahead of all values of the columns that it fills. */
final class Ahead {

    /** Columns that own the sequence, and those whose default asks it for a value. */
    private static final String FILLED = """
            SELECT DISTINCT n.nspname, c.relname, a.attname
            FROM pg_catalog.pg_depend d
            LEFT JOIN pg_catalog.pg_attrdef v
                   ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND v.oid = d.objid
            JOIN pg_catalog.pg_attribute a
              ON (a.attrelid, a.attnum) = (v.adrelid, v.adnum)
              OR v.oid IS NULL AND (a.attrelid, a.attnum) = (d.refobjid, d.refobjsubid)
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              AND (v.oid IS NOT NULL AND d.refobjid = ?::pg_catalog.oid
                   OR d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = ?::pg_catalog.oid
                      AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
            ORDER BY 1, 2, 3""";

    private record Filled(Located table, String column) {

        private static Filled read(ResultSet row) throws SQLException {
            return new Filled(new Located(0, row.getString(1), row.getString(2)), row.getString(3));
        }
    }

    private record Compared(boolean ahead, String observed) {}

    private Ahead() {}

    /** What is expected, for a person; null where nothing is. */
    static String words(Boolean ahead) {
        return ahead == null || ahead ? "next value ahead of its column" : "next value not ahead of its column";
    }

    static Part look(Catalogue catalogue, Sequence sequence, boolean expected) throws SQLException {
        long oid = sequence.name().oid();
        List<Filled> columns = catalogue.all(FILLED, Filled::read, oid, oid);
        if (columns.isEmpty()) {
            // With what it is to be compared is not known: no verdict.
            throw new SQLException("sequence " + sequence.name() + " is owned by no column and is no column's default");
        }
        List<Compared> compared = new ArrayList<>();
        for (Filled column : columns) {
            compared.add(compare(catalogue, sequence, column));
        }
        Compared worst =
                compared.stream().filter(one -> !one.ahead()).findFirst().orElse(compared.get(0));
        return new Part(words(expected), worst.observed(), worst.ahead() == expected);
    }

    private static Compared compare(Catalogue catalogue, Sequence sequence, Filled filled) throws SQLException {
        boolean up = sequence.increment().signum() > 0;
        String sql = """
                SELECT COALESCE(n.next %s c.last, true), n.next::pg_catalog.text, c.last::pg_catalog.text
                FROM (SELECT CASE WHEN is_called THEN last_value::pg_catalog.numeric + %s ELSE last_value END AS next
                      FROM %s) n
                CROSS JOIN (SELECT pg_catalog.%s(%s) AS last FROM %s) c""".formatted(
                        up ? ">" : "<",
                        sequence.increment(),
                        sequence.name().identifier(),
                        up ? "max" : "min",
                        Located.identifier(filled.column()),
                        filled.table().identifier());
        String place = filled.table() + "." + filled.column();
        return catalogue
                .first(
                        sql,
                        row -> new Compared(row.getBoolean(1), observed(row.getString(2), row.getString(3), place, up)))
                .orElseThrow();
    }

    private static String observed(String next, String last, String place, boolean up) {
        return "next value " + next + ", "
                + (last == null ? place + " is empty" : (up ? "greatest " : "least ") + place + " is " + last);
    }
}
