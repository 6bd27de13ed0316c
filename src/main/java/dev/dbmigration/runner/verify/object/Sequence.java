package dev.dbmigration.runner.verify.object;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.Reference;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A sequence as the catalogue has it.
 *
 * @param owner its column, as {@code table.column}; null: none
 */
record Sequence(Located name, String type, BigInteger increment, Reference owner) {

    private static final String SEQUENCE = """
            SELECT pg_catalog.format_type(s.seqtypid, NULL), s.seqincrement::pg_catalog.text,
                   n.nspname, c.relname || '.' || a.attname, n.nspname""" + Facts.IN_PATH + """
            FROM pg_catalog.pg_sequence s
            LEFT JOIN pg_catalog.pg_depend d
                   ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.seqrelid
                  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
                  AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE s.seqrelid = ?::pg_catalog.oid""";

    static Sequence read(Catalogue catalogue, Located sequence) throws SQLException {
        return Facts.of(catalogue, sequence, SEQUENCE, row -> read(sequence, row));
    }

    private static Sequence read(Located sequence, ResultSet row) throws SQLException {
        return new Sequence(sequence, row.getString(1), new BigInteger(row.getString(2)), Facts.reference(row, 3));
    }
}
