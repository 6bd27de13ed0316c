package dev.dbmigration.runner.verify;

import dev.dbmigration.check.TableCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.Optional;

/** That a table is there, or is not. */
record TableProbe(TableCheck check) implements Probe {

    @Override
    public String expected() {
        return Presence.words(check.exists());
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        ObjectName table = new ObjectName(ObjectKind.TABLE, check.schema(), check.name());
        Optional<ObjectName.Located> found = table.locate(catalogue);
        return found.isPresent()
                ? Presence.found(check.exists(), "table " + found.get())
                : Presence.missing(check.exists(), expected(), table, catalogue);
    }
}
