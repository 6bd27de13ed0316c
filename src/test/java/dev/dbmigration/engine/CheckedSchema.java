package dev.dbmigration.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A schema to be checked, and checks of each kind of object that it has.
 *
 * @param tables how many there are, each with an index, foreign key, trigger, policy, enum, view and function
 */
record CheckedSchema(int tables) {

    /** So many rows are in each table. */
    private static final int ROWS = 100;

    private static final String TABLE = """
            CREATE TYPE state_%1$d AS ENUM ('new', 'old');
            CREATE TABLE t%1$d (
                id bigserial PRIMARY KEY,
                name text NOT NULL DEFAULT 'a',
                state state_%1$d NOT NULL DEFAULT 'new',
                price numeric(10, 2) CHECK (price >= 0),
                due date,
                parent bigint REFERENCES t%2$d
            );
            INSERT INTO t%1$d (price, parent) SELECT n, n FROM generate_series(1, %3$d) AS n;
            CREATE INDEX t%1$d_due ON t%1$d (due) WHERE state = 'new';
            CREATE VIEW v%1$d AS SELECT id, name FROM t%1$d;
            CREATE FUNCTION f%1$d(given bigint) RETURNS text LANGUAGE sql STABLE AS 'SELECT name FROM t%1$d WHERE id = given';
            CREATE TRIGGER stamp BEFORE UPDATE ON t%1$d FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE POLICY own_rows ON t%1$d FOR SELECT USING (name = current_user);
            """;

    /** Of one table each, in turn. */
    private static final List<String> KINDS = List.of(
            "table: {name: t%1$d, exactColumns: [id, name, state, price, due, parent], rowSecurity: false}",
            "column: {table: t%1$d, name: name, type: text, nullable: false, default: \"'a'\"}",
            "column: {table: t%1$d, name: price, type: \"numeric(10,2)\", nullable: true}",
            "enum: {name: state_%1$d, labels: [new, old]}",
            "index: {name: t%1$d_due, table: t%1$d, columns: [due], unique: false, valid: true, predicate: state = 'new'}",
            "constraint: {table: t%1$d, type: PrimaryKey, columns: [id]}",
            "constraint: {table: t%1$d, type: ForeignKey, columns: [parent], validated: true}",
            "sequence: {name: t%1$d_id_seq, ownedBy: t%1$d.id, ahead: true}",
            "view: {name: v%1$d, columns: [id, name]}",
            "function: {name: f%1$d, arguments: [bigint], returns: text, language: sql, volatility: Stable}",
            "trigger: {table: t%1$d, name: stamp, timing: Before, events: [Update], level: Row, function: stamp}",
            "policy: {table: t%1$d, name: own_rows, command: Select, roles: [public]}",
            "privilege: {role: postgres, privileges: [Select, Insert], name: t%1$d}",
            "rowCount: {table: t%1$d, equals: %2$d}",
            "notNull: {table: t%1$d, column: name}",
            "unique: {table: t%1$d, columns: [id]}",
            "range: {table: t%1$d, column: price, min: \"0\"}",
            "query: {sql: \"SELECT count(*) FROM t%1$d WHERE due IS NULL\", equals: \"%2$d\"}");

    private static final List<String> WHOLE =
            List.of("noInvalidIndexes: {}", "noUnvalidatedConstraints: {}", "noDisabledTriggers: {}");

    /** The statements that make it. */
    String sql() {
        return "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
                + IntStream.rangeClosed(1, tables)
                        .mapToObj(number -> TABLE.formatted(number, Math.max(1, number - 1), ROWS))
                        .collect(Collectors.joining());
    }

    /** So many checks that pass: three of the whole schema, the others of tables all over it. */
    List<Check> checks(int count) {
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int table = 1 + (int) ((long) i * tables / count);
            checks.add(check(i, i < WHOLE.size() ? WHOLE.get(i) : KINDS.get(i % KINDS.size()), table));
        }
        return checks;
    }

    private static Check check(int number, String kind, int table) {
        try {
            String yaml = "{name: check %d, %s}".formatted(number, kind.formatted(table, ROWS));
            return new YAMLMapper().readValue(yaml, Check.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(kind, e);
        }
    }
}
