package dev.dbmigration.runner.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.check.Check;
import dev.dbmigration.check.ColumnCheck;
import dev.dbmigration.check.EnumCheck;
import dev.dbmigration.check.IndexCheck;
import dev.dbmigration.check.NoInvalidIndexesCheck;
import dev.dbmigration.check.QueryCheck;
import dev.dbmigration.check.RowCountCheck;
import dev.dbmigration.check.TableCheck;
import java.util.List;

/** Checks of each kind, in few words. */
public final class Checks {

    private static final ObjectMapper YAML = new YAMLMapper();

    private Checks() {}

    /** As a user writes it in YAML, without its name: {@code sequence: {name: s}}. */
    public static Check of(String yaml) {
        try {
            ObjectNode check = (ObjectNode) YAML.readTree(yaml);
            return YAML.treeToValue(check.put("name", check.fieldNames().next()), Check.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    static Check named(String name, Check check) {
        ObjectNode node = YAML.valueToTree(check);
        return YAML.convertValue(node.put("name", name), Check.class);
    }

    private static Check of(String name, String field, Record kind) {
        ObjectNode node = YAML.createObjectNode().put("name", name);
        return YAML.convertValue(node.set(field, YAML.valueToTree(kind)), Check.class);
    }

    static Check column(String table, String name, Boolean exists, String type, Boolean nullable, String value) {
        return of(null, table, name, exists, type, nullable, value);
    }

    static Check of(
            String schema, String table, String name, Boolean exists, String type, Boolean nullable, String value) {
        ColumnCheck column =
                new ColumnCheck(schema, table, name, exists, type, nullable, value, null, null, null, null);
        return of("column", "column", column);
    }

    static Check type(String table, String name, String type) {
        return column(table, name, null, type, null, null);
    }

    static Check table(String schema, String name, Boolean exists) {
        return of("table", "table", new TableCheck(schema, name, exists, null, null, null, null, null));
    }

    static Check labels(String schema, String name, String... labels) {
        return of("enum", "enum", new EnumCheck(schema, name, List.of(labels)));
    }

    static Check index(
            String schema,
            String name,
            Boolean exists,
            String table,
            List<String> columns,
            Boolean unique,
            Boolean valid) {
        IndexCheck index = new IndexCheck(schema, name, exists, table, columns, unique, valid, null, null, null);
        return of("index", "index", index);
    }

    static Check rows(String table, Long equals, Long min, Long max) {
        return rows(null, table, equals, min, max);
    }

    static Check rows(String schema, String table, Long equals, Long min, Long max) {
        return of("rows", "rowCount", new RowCountCheck(schema, table, equals, min, max));
    }

    /** Of one value. */
    public static Check query(String sql, String equals) {
        return of("query", "query", new QueryCheck(sql, equals, null, null));
    }

    static Check noInvalidIndexes(String schema) {
        return of("indexes", "noInvalidIndexes", new NoInvalidIndexesCheck(schema));
    }
}
