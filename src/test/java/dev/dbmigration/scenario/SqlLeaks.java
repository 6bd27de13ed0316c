package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Leak.sql;

import java.util.stream.Stream;

/** Statements that fail, or warn, with data in what the server says of them. */
final class SqlLeaks {

    /** Tables with data that no statement of a case repeats, and functions that tell it. */
    static final String TABLES = """
            create type mood as enum ('good', 'bad');
            create table people (id int primary key, ssn text unique, age int check (age < 150), mood mood,
                boss int references people deferrable initially deferred, note text not null default '');
            insert into people (id, ssn, age, note) values
                (1, '900-11-2233', 40, 'says "row-quoted" twice'),
                (2, 'row-plain', 40, ''),
                (3, 'O''Row Single', 40, '');
            create function complain(format text) returns int language plpgsql as $$
                declare r people;
                begin
                    select * into r from people where id = 1;
                    if format = 'quoted' then raise exception 'person "%" is wrong', r.note; end if;
                    if format = 'coded' then
                        raise exception 'person "%" is wrong', r.ssn
                            using errcode = '45000', hint = 'call "' || r.ssn || '"';
                    end if;
                    raise exception 'person % of jane@row.example is wrong', r.ssn;
                end $$;
            create function strict_int(value text) returns int language plpgsql as $$
                begin return value::int; end $$;
            """;

    private SqlLeaks() {}

    static Stream<Leak> all() {
        return Stream.of(literals(), data(), raised(), syntax(), passwords()).flatMap(leaks -> leaks);
    }

    /** Forms in which a literal comes back. */
    private static Stream<Leak> literals() {
        return Stream.of(
                sql("22P02: the literal", "DataError", "select 'lit-22p02'::int", "lit-22p02"),
                sql(
                        "a literal that holds quotes",
                        "DataError",
                        "select '{\"ssn\": \"lit-json\", x}'::int",
                        "lit-json",
                        "ssn"),
                sql("a literal with a doubled quote", "DataError", "select 'O''Lit Mac'::int", "Lit Mac"),
                sql("E'' with an escape", "DataError", "select E'lit\\x2de\\tf'::int", "lit-e"),
                sql("U&'' with an escape", "DataError", "select U&'lit\\002du'::int", "lit-u"),
                sql("a literal in two parts", "DataError", "select 'lit-'\n  'two-parts'::int", "lit-two-parts"),
                sql("a dollar-quoted literal", "DataError", "select $q$lit-dollar$q$::int", "lit-dollar"),
                sql("a value too large", "DataError", "select '999999999947114711'::int", "999999999947114711"),
                sql("a date", "DataError", "select '2020-13-47'::date", "2020-13-47"),
                sql("an enum's label", "DataError", "update people set mood = 'lit-mood'", "lit-mood"),
                sql("a setting", "DataError", "set timezone = 'lit-zone'", "lit-zone"),
                sql("a name in a literal, folded", "UndefinedObject", "select 'LitTable'::regclass", "littable"),
                sql(
                        "a name in a literal, cut off",
                        "UndefinedObject",
                        "select 'lit_long_" + "x".repeat(80) + "'::regclass",
                        "lit_long_"),
                sql(
                        "an identifier that equals a literal",
                        "UndefinedObject",
                        "update people set note = \"lit-name\" where ssn = 'lit-name'",
                        "lit-name"),
                sql("a literal in a DO block", "DataError", "do $$ begin perform 'lit-do'::int; end $$", "lit-do"),
                sql(
                        "a literal given to a function, with its context",
                        "DataError",
                        "select strict_int('lit-context')",
                        "lit-context"));
    }

    /** Values that stand in no statement. */
    private static Stream<Leak> data() {
        return Stream.of(
                sql("a value of a column", "DataError", "select ssn::int from people where id = 2", "row-plain"),
                sql(
                        "a value with quotes in it",
                        "DataError",
                        "select note::int from people where id = 1",
                        "row-quoted"),
                sql(
                        "a unique violation and its detail",
                        "ConstraintViolation",
                        "insert into people (id, ssn) values (9, 'row-plain')",
                        "row-plain"),
                sql(
                        "a check violation and its detail",
                        "ConstraintViolation",
                        "insert into people (id, ssn, age) values (9, 'lit-check', 948811473)",
                        "lit-check",
                        "948811473"),
                sql(
                        "a missing value and its detail",
                        "ConstraintViolation",
                        "insert into people (id, ssn, note) values (9, 'lit-null', null)",
                        "lit-null"),
                sql(
                        "a foreign key at COMMIT",
                        "ConstraintViolation",
                        "insert into people (id, ssn, boss) values (9, 'lit-boss', 948811472)",
                        "948811472"),
                sql(
                        "COPY from a program",
                        "DataError",
                        "copy people (id, ssn) from program 'printf \"copied-id\\tcopied-ssn\\n\"'",
                        "copied-id"),
                sql(
                        "dynamic SQL made of a value",
                        "SyntaxError",
                        "do $$ begin execute 'select 1 ' || (select 'from ' || ssn from people where id = 1); end $$",
                        "900"),
                sql(
                        "a notice and a warning",
                        "Succeeded",
                        "do $$ begin raise notice 'note %', (select ssn from people where id = 2);"
                                + " raise warning 'warned of %', 'lit-warning'; end $$",
                        "row-plain",
                        "lit-warning"));
    }

    private static Stream<Leak> raised() {
        return Stream.of(
                sql(
                        "RAISE with a literal",
                        "StatementFailed",
                        "do $$ begin raise exception 'no % here', 'lit raised'; end $$",
                        "lit raised"),
                sql(
                        "RAISE with a value",
                        "StatementFailed",
                        "do $$ begin raise exception 'no % here', (select ssn from people where id = 2); end $$",
                        "row-plain"),
                sql(
                        "RAISE with a value that holds the quote around it",
                        "StatementFailed",
                        "do $$ begin raise exception 'no ''%'' here', (select ssn from people where id = 3); end $$",
                        "Row Single"),
                sql("RAISE of a function, quoted", "StatementFailed", "select complain('quoted')", "row-quoted"),
                sql(
                        "RAISE of a function, with a code and a hint",
                        "StatementFailed",
                        "select complain('coded')",
                        "900-11-2233"),
                sql(
                        "RAISE of a function, numbers and addresses",
                        "StatementFailed",
                        "select complain('plain')",
                        "900-11-2233",
                        "jane@row.example"),
                sql(
                                "RAISE with a URI in its own words",
                                "StatementFailed",
                                "do $$ begin raise exception 'cannot reach postgres://app:uri-password@host/db'; end $$",
                                "uri-password")
                        .notEvenLogged());
    }

    private static Stream<Leak> syntax() {
        return Stream.of(
                sql("42601: near a literal", "SyntaxError", "insert into people values (1 'lit-near')", "lit-near"),
                sql(
                        "42601: near a literal with a doubled quote",
                        "SyntaxError",
                        "insert into people values (1 'O''Near Mac')",
                        "Near Mac"),
                sql(
                        "42601: near a literal with quotes in it",
                        "SyntaxError",
                        "insert into people values (1 'says \"near-quoted\" twice')",
                        "near-quoted"),
                sql("42601: near a number", "SyntaxError", "select 1 from people where id = 1 947114711", "947114711"),
                sql("42601: junk behind a number", "SyntaxError", "select 93811x471", "93811x471"),
                sql("an open quote", "SyntaxError", "select 'lit-open", "lit-open")
                        .notEvenLogged(),
                sql("a command of psql", "UnsupportedFeature", "\\!echo'lit-psql'", "lit-psql")
                        .notEvenLogged());
    }

    private static Stream<Leak> passwords() {
        return Stream.of(
                sql("ALTER ROLE", "UndefinedObject", "alter role nobody_here password 'new-password'", "new-password")
                        .notEvenLogged(),
                sql(
                                "ALTER ROLE, dollar-quoted",
                                "UndefinedObject",
                                "alter role nobody_here password $$new-password$$",
                                "new-password")
                        .notEvenLogged(),
                sql(
                                "ALTER ROLE, no quotes",
                                "SyntaxError",
                                "alter role nobody_here password new_password_word",
                                "new_password_word")
                        .notEvenLogged(),
                sql(
                                "ALTER ROLE, the wrong quotes",
                                "SyntaxError",
                                "alter role nobody_here password \"new-password\"",
                                "new-password")
                        .notEvenLogged(),
                sql("the password in use, in a literal", "DataError", "select 'it is {password}'::int", "it is"),
                sql(
                                "the password in use, told by a function",
                                "StatementFailed",
                                "do $$ begin raise exception 'it is {password}'; end $$")
                        .notEvenLogged(),
                sql(
                                "a ledger that is none",
                                "UndefinedObject",
                                "insert into people (id, ssn) values (9, 'lit-ledger')",
                                "lit-ledger")
                        .notEvenLogged()
                        .after((stage, name, database) -> database.execute(
                                "create schema dbmigration; create table dbmigration.migrations (a int)")));
    }
}
