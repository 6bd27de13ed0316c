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

    /** As a user writes it in YAML, without its name: {@code noOrphans: {schema: app}}. */
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
        return of(new ColumnCheck(null, table, name, exists, type, nullable, value));
    }

    static Check of(ColumnCheck column) {
        return of("column", "column", column);
    }

    static Check type(String table, String name, String type) {
        return column(table, name, null, type, null, null);
    }

    static Check table(String schema, String name, Boolean exists) {
        return of("table", "table", new TableCheck(schema, name, exists));
    }

    static Check labels(String schema, String name, String... labels) {
        return of("enum", "enum", new EnumCheck(schema, name, List.of(labels)));
    }

    static Check index(IndexCheck index) {
        return of("index", "index", index);
    }

    static Check rows(String table, Long equals, Long min, Long max) {
        return rows(null, table, equals, min, max);
    }

    static Check rows(String schema, String table, Long equals, Long min, Long max) {
        RowCountCheck check = new RowCountCheck(schema, table, equals, min, max);
        return of("rows", "rowCount", check);
    }

    /** A query and its value. */
    public static Check query(String sql, String equals) {
        return of("query", "query", new QueryCheck(sql, equals));
    }

    static Check noInvalidIndexes(String schema) {
        return of("indexes", "noInvalidIndexes", new NoInvalidIndexesCheck(schema));
    }
}
