package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.TableCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Printed;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Reference;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A table: that it is there, its columns, how it is partitioned, and whether row security is on. */
public record TableProbe(TableCheck check) implements Probe {

    private static final String TABLE = "SELECT " + Facts.COLUMNS + """
                   , pg_catalog.pg_get_partkeydef(c.oid), n.nspname, p.relname, n.nspname""" + Facts.IN_PATH + """
                   , c.relrowsecurity
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
            LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
            WHERE c.oid = ?::pg_catalog.oid""";

    private record Table(List<String> columns, Printed key, Reference parent, boolean rowSecurity) {

        private static Table read(ResultSet row) throws SQLException {
            return new Table(
                    Catalogue.texts(row, 1),
                    Printed.of(row.getString(2), null),
                    Facts.reference(row, 3),
                    row.getBoolean(6));
        }
    }

    private Stated<Table> stated() {
        return new Stated<Table>(check.exists())
                .atLeast(check.columns(), "columns", Table::columns)
                .exactly(check.exactColumns(), "exactly the columns", Table::columns)
                .expression(check.partitionBy(), "partitioning by", Table::key)
                .reference(check.partitionOf(), "partition of", Table::parent)
                .same(check.rowSecurity(), Table::rowSecurity, on -> "row security " + (on ? "on" : "off"));
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        new ObjectName(ObjectKind.TABLE, check.schema(), check.name()),
                        (asked, table) -> Facts.of(asked, table, TABLE, Table::read));
    }
}
