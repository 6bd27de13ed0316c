package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas, tables, views, domains, sequences, extensions and publications of one database. */
class ObjectProbesTest {

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "CREATE SCHEMA app",
                "CREATE TABLE tasks (id serial, title text)",
                "INSERT INTO tasks (title) VALUES ('a'), ('b')",
                "CREATE TABLE parted (kind text) PARTITION BY LIST (kind)",
                "CREATE TABLE part PARTITION OF parted FOR VALUES IN ('a')",
                "CREATE TABLE app.part PARTITION OF parted FOR VALUES IN ('b')",
                "CREATE VIEW open_tasks AS SELECT * FROM tasks",
                "CREATE MATERIALIZED VIEW unfilled AS SELECT 1 WITH NO DATA",
                "CREATE DOMAIN word AS text DEFAULT 'a' CONSTRAINT c1 CHECK (VALUE <> '') CONSTRAINT c2 CHECK (length(VALUE) > 1)",
                "CREATE DOMAIN free AS int",
                "CREATE SEQUENCE loose",
                "CREATE TABLE depths (depth int)",
                "CREATE SEQUENCE down INCREMENT -1 OWNED BY depths.depth",
                "INSERT INTO depths VALUES (nextval('down'))",
                "CREATE TABLE odds (\"Id\" int)",
                "CREATE SEQUENCE \"Odd\" OWNED BY odds.\"Id\"",
                "CREATE SEQUENCE behind",
                "CREATE TABLE followers (a int DEFAULT nextval('behind'), b int DEFAULT nextval('behind'))",
                "INSERT INTO followers VALUES (1, 0)",
                "CREATE PUBLICATION feed FOR TABLE tasks, app.part WITH (publish = 'insert, delete')",
                "CREATE PUBLICATION everything FOR ALL TABLES");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            schema: {name: APP} | present | schema app
            schema: {name: app, owner: postgres} | owner postgres | owner postgres
            schema: {name: gone, exists: false} | absent | no schema "gone"
            table: {name: parted, partitionBy: list (kind), partitionOf: ''} | partition key list (kind), no parent | partition key LIST (kind), no parent
            table: {name: part, partitionOf: parted} | parent parted | parent public.parted
            table: {schema: app, name: part, partitionOf: public.parted} | parent public.parted | parent public.parted
            table: {name: tasks, columns: [TITLE]} | columns TITLE | columns TITLE
            table: {name: tasks, exactColumns: [title, id]} | columns title, id | columns id, title
            table: {name: tasks, rowSecurity: false} | row security off | row security off
            view: {name: open_tasks, materialized: false, populated: true, columns: [id]} | not materialized, populated, columns id | not materialized, populated, columns id
            domain: {name: word, type: text, nullable: true, default: "'a'"} | type text, nullable, default 'a' | type text, nullable, default 'a'::text
            domain: {name: word, expression: length(VALUE) > 1} | check length(VALUE) > 1 | check VALUE <> ''::text; check length(VALUE) > 1
            sequence: {name: tasks_id_seq, type: int, ownedBy: public.tasks.id, ahead: true} | type integer, owner public.tasks.id, next value ahead of its column | type integer, owner public.tasks.id, next value 3, greatest public.tasks.id is 2
            sequence: {name: loose, type: int8, ownedBy: ''} | type bigint, no owner | type bigint, no owner
            sequence: {name: down, ahead: true} | next value ahead of its column | next value -2, least public.depths.depth is -1
            sequence: {name: "Odd", ahead: true} | next value ahead of its column | next value 1, public.odds.Id is empty
            extension: {name: plpgsql, minVersion: '1', schema: pg_catalog} | version 1 or later, schema pg_catalog | version 1.0, schema pg_catalog
            extension: {name: postgis, exists: false} | absent | no extension "postgis"
            publication: {name: feed, tables: [tasks, app.part], allTables: false, operations: [Delete, Insert, Delete]} | tables tasks, app.part, not all tables, operations Delete, Insert | tables tasks, app.part, not all tables, operations Delete, Insert
            publication: {name: everything, allTables: true, tables: [depths]} | tables depths, all tables | tables depths, all tables
            """)
    void areAsExpected(String check, String expected, String observed) throws SQLException {
        passed(database.result(Checks.of(check)), expected, observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            schema: {name: ap} | present | no schema "ap"; did you mean "app"?
            schema: {name: app, exists: false} | absent | schema app
            schema: {name: app, owner: nobody} | owner nobody | owner postgres
            table: {name: part, partitionOf: ''} | no parent | parent public.parted
            table: {name: tasks, partitionBy: RANGE (id)} | partition key RANGE (id) | no partition key
            table: {name: tasks, columns: [id, done]} | columns id, done | missing done: columns id, title
            table: {name: tasks, exactColumns: [id]} | columns id | not expected title: columns id, title
            table: {name: tasks, exactColumns: [id, Titel]} | columns id, Titel | missing Titel, not expected title: columns id, title; did you mean "title"?
            table: {name: tasks, rowSecurity: true} | row security on | row security off
            view: {name: tasks} | present | no view "tasks" in search_path public
            view: {name: open_tasks, materialized: true} | materialized | not materialized
            view: {name: unfilled, populated: true} | populated | not populated
            domain: {name: word, type: varchar(5)} | type character varying(5) | type text
            domain: {name: word, type: txt} | type txt | type text (no type txt exists)
            domain: {name: word, nullable: false, default: ''} | NOT NULL, no default | nullable, default 'a'::text
            domain: {name: word, expression: length(VALUE) > 2} | check length(VALUE) > 2 | check VALUE <> ''::text; check length(VALUE) > 1
            domain: {name: free, expression: VALUE > 0} | check VALUE > 0 | no check
            sequence: {name: loose, ownedBy: tasks.id} | owner tasks.id | no owner
            sequence: {name: tasks_id_seq, ownedBy: ''} | no owner | owner public.tasks.id
            sequence: {name: behind, ahead: true} | next value ahead of its column | next value 1, greatest public.followers.a is 1
            sequence: {name: tasks_id_seq, ahead: false} | next value not ahead of its column | next value 3, greatest public.tasks.id is 2
            extension: {name: plpgsql, minVersion: 1.0.1} | version 1.0.1 or later | version 1.0
            extension: {name: plpgsql, minVersion: '1.10', schema: public} | version 1.10 or later, schema public | version 1.0, schema pg_catalog
            extension: {name: not_of_this_world} | present | no extension "not_of_this_world"; the server's files do not hold it either
            publication: {name: fed} | present | no publication "fed"; did you mean "feed"?
            publication: {name: feed, tables: [part]} | tables part | missing part: tables app.part, public.tasks
            publication: {name: feed, allTables: true} | all tables | not all tables
            publication: {name: feed, operations: [Insert]} | operations Insert | operations Delete, Insert
            """)
    void mayBeOtherwise(String check, String expected, String observed) throws SQLException {
        failed(database.result(Checks.of(check)), expected, observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sequence: {name: loose, ahead: true} | next value ahead of its column | sequence public.loose is owned by no column and is no column's default
            """)
    void mayNotBeKnown(String check, String expected, String observed) throws SQLException {
        error(database.result(Checks.of(check)), expected, observed);
    }
}
