package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.schema.Schema;
import dev.dbmigration.runner.schema.SchemaObject;
import java.util.Set;

/** The ledger, which no file makes, and its schema where that is not one of the files' too. */
record OwnTables(String ledgerSchema) {

    private static final Set<String> TABLES = Set.of("migrations", "steps");

    Schema leftOutOf(Schema schema) {
        boolean shared = schema.objects().values().stream()
                .anyMatch(object -> object.schema().equals(ledgerSchema) && !isSchema(object) && !isTable(object));
        return schema.only(
                object -> !object.schema().equals(ledgerSchema) || !(isTable(object) || isSchema(object) && !shared));
    }

    private static boolean isTable(SchemaObject object) {
        return object.relation() != null && TABLES.contains(object.relation());
    }

    /** The schema itself, or its owner and privileges. */
    private static boolean isSchema(SchemaObject object) {
        return object.kind().equals("schema")
                || object.parent() != null && object.parent().startsWith("schema ");
    }
}
