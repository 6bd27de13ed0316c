package dev.dbmigration.runner.verify;

import dev.dbmigration.check.ExpectedSchemaCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import java.sql.SQLException;

/** That the schema is what the files make. It takes its time, so it looks in transactions of its own. */
record ExpectedSchemaProbe(ExpectedSchemaCheck check) implements Probe {

    @Override
    public String expected() {
        return "the schema that the files make";
    }

    @Override
    public Finding look(Catalogue catalogue) {
        throw new IllegalStateException("a replay is not made within a transaction of the database in question");
    }

    Finding compared(SchemaComparison schemas) throws SQLException {
        SchemaComparison.Compared compared = schemas.compare(check);
        return Finding.of(compared.met(), compared.expected(), compared.observed());
    }
}
