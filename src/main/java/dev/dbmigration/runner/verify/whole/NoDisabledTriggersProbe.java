package dev.dbmigration.runner.verify.whole;

import dev.dbmigration.check.NoDisabledTriggersCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** That no trigger is disabled: tables', those by which foreign keys are held, and the database's event triggers. */
public record NoDisabledTriggersProbe(NoDisabledTriggersCheck check) implements Probe {

    // Of a partitioned table's trigger the copies are told only where it is not disabled itself.
    private static final String DISABLED = """
            SELECT DISTINCT CASE WHEN o.contype = 'f'
                     THEN 'foreign key ' || o.conname || ' on ' || fn.nspname || '.' || f.relname
                     ELSE t.tgname || ' on ' || n.nspname || '.' || c.relname END
            FROM pg_catalog.pg_trigger t
            JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_constraint o ON o.oid = t.tgconstraint
            LEFT JOIN pg_catalog.pg_class f ON f.oid = o.conrelid
            LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
            LEFT JOIN pg_catalog.pg_trigger p ON p.oid = t.tgparentid
            WHERE t.tgenabled = 'D' AND coalesce(p.tgenabled, 'O') <> 'D' AND n.nspname = ANY (?)
            ORDER BY 1""";

    private static final String EVENTS =
            "SELECT 'event trigger ' || evtname FROM pg_catalog.pg_event_trigger WHERE evtenabled = 'D' ORDER BY 1";

    @Override
    public String expected() {
        return new Schemas(check.schema()).expected("no disabled trigger");
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        List<String> disabled = new ArrayList<>(catalogue.all(
                DISABLED, row -> row.getString(1), (Object) new Schemas(check.schema()).names(catalogue)));
        if (check.schema() == null) {
            disabled.addAll(catalogue.all(EVENTS, row -> row.getString(1)));
        }
        return disabled.isEmpty()
                ? Finding.of(true, expected(), "none")
                : Finding.of(false, expected(), disabled.size() + " disabled: " + Words.some(disabled));
    }
}
