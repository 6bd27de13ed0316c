package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.SchemaCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.LooseKind;
import dev.dbmigration.runner.verify.finding.LooseName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.SQLException;

/** A schema: that it is there, and whose it is. */
public record SchemaProbe(SchemaCheck check) implements Probe {

    private static final String OWNER =
            "SELECT pg_catalog.pg_get_userbyid(nspowner) FROM pg_catalog.pg_namespace WHERE oid = ?::pg_catalog.oid";

    private Stated<String> stated() {
        return new Stated<String>(check.exists()).name(check.owner(), "owner", owner -> owner);
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        new LooseName(LooseKind.SCHEMA, check.name()),
                        (asked, schema) -> Facts.of(asked, schema, OWNER, row -> row.getString(1)));
    }
}
