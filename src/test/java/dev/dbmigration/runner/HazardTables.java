package dev.dbmigration.runner;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;

/** A database with tables of each kind that plans are made for; nobody changes it. */
final class HazardTables {

    static final Database DATABASE = Postgres.shared().newDatabase("hazard");

    static {
        DATABASE.execute("""
                CREATE TYPE mood AS ENUM ('sad', 'ok');
                CREATE DOMAIN plain_text AS text;
                CREATE FUNCTION steady() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
                CREATE FUNCTION mixed(int) RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
                CREATE FUNCTION mixed(text) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
                CREATE TABLE notes (id int PRIMARY KEY, kept int NOT NULL, body text, short varchar(10), n int,
                    price numeric(10, 2), at timestamp, zoned timestamptz, code char(4), feeling mood, tags text[],
                    plain plain_text, loose int, proven int CHECK (proven IS NOT NULL AND proven > 0),
                    doubtful int CHECK (doubtful IS NOT NULL OR n = 1));
                INSERT INTO notes (id, kept, proven, n) SELECT i, i, i, 1 FROM generate_series(1, 1000) i;
                ANALYZE notes;
                ALTER TABLE notes ADD CONSTRAINT later CHECK (n IS NOT NULL) NOT VALID;
                CREATE INDEX notes_there ON notes (n);
                CREATE TABLE "Other" (id int REFERENCES notes);
                CREATE TABLE measures (day date, v int) PARTITION BY RANGE (day);
                CREATE TABLE measures_1 PARTITION OF measures FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
                INSERT INTO measures SELECT '2026-01-05', i FROM generate_series(1, 100) i;
                ANALYZE measures_1;
                CREATE TABLE march (day date, v int, CHECK (v > 0));
                CREATE TABLE april (day date, v int, CHECK (day >= '2026-04-01' AND day < '2026-05-01'));
                CREATE VIEW seen AS SELECT 1 AS one;
                CREATE SCHEMA elsewhere;
                CREATE TABLE elsewhere.far (n int);
                """);
    }

    private HazardTables() {}
}
