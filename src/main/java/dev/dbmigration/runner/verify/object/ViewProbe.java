package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.ViewCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A view: that it is there, whether it is materialized and holds data, and its columns. */
public record ViewProbe(ViewCheck check) implements Probe {

    private static final String VIEW = """
            SELECT c.relkind = 'm', c.relispopulated, """ + Facts.COLUMNS + """
            FROM pg_catalog.pg_class c WHERE c.oid = ?::pg_catalog.oid""";

    private record View(boolean materialized, boolean populated, List<String> columns) {

        private static View read(ResultSet row) throws SQLException {
            return new View(row.getBoolean(1), row.getBoolean(2), Catalogue.texts(row, 3));
        }
    }

    private Stated<View> stated() {
        return new Stated<View>(check.exists())
                .same(check.materialized(), View::materialized, yes -> yes ? "materialized" : "not materialized")
                .same(check.populated(), View::populated, yes -> yes ? "populated" : "not populated")
                .atLeast(check.columns(), "columns", View::columns);
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        new ObjectName(ObjectKind.VIEW, check.schema(), check.name()),
                        (asked, view) -> Facts.of(asked, view, VIEW, View::read));
    }
}
