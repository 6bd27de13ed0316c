package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Checks.column;
import static dev.dbmigration.runner.verify.Checks.type;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnProbeTest {

    private static final String TABLE = "clinical_notes";

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "CREATE TYPE note_status AS ENUM ('draft', 'final')",
                "CREATE TYPE \"NoteKind\" AS ENUM ('a')",
                "CREATE DOMAIN required AS text NOT NULL",
                "CREATE DOMAIN short AS varchar(5) CHECK (value <> '')",
                "CREATE SCHEMA other",
                "CREATE TYPE other.mood AS ENUM ('ok')",
                """
                CREATE TABLE clinical_notes (
                  id bigint GENERATED ALWAYS AS IDENTITY,
                  "noteType" text,
                  "appointmentId" text NOT NULL,
                  notetype integer,
                  small_number int2, number int DEFAULT -1, amount numeric(10,2) DEFAULT 0, plain_numeric numeric,
                  code varchar(20) DEFAULT 'x', letters char(3), letter char, raw "char", flag bool DEFAULT true,
                  created timestamptz(3) DEFAULT now(), day timestamp, at_time time(2) with time zone,
                  span interval day to second(3), hours interval hour, bits bit(4), some_bits bit varying(7),
                  tags varchar(20)[] DEFAULT '{}', grid int[][], real_number float4, precise float8,
                  status note_status DEFAULT 'draft', kind "NoteKind", mood other.mood, kinds "NoteKind"[],
                  needed required, word short, uuid uuid DEFAULT gen_random_uuid(), payload jsonb DEFAULT '{"a": 1}',
                  later timestamptz DEFAULT now() + interval '1 day', total int GENERATED ALWAYS AS (1 + 1) STORED)""",
                "CREATE VIEW note_view AS SELECT id, \"noteType\" FROM clinical_notes",
                "CREATE TABLE other.elsewhere (id int)",
                "ALTER TABLE clinical_notes ADD COLUMN gone text",
                "ALTER TABLE clinical_notes DROP COLUMN gone");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void isAsExpected() throws SQLException {
        passed(
                database.result(column(TABLE, "appointmentId", true, "text", false, "")),
                "type text, NOT NULL, no default");
    }

    @Test
    void acceptsNullOrNot() throws SQLException {
        passed(database.result(column(TABLE, "noteType", null, null, true, null)), "nullable");
        failed(
                database.result(column(TABLE, "appointmentId", null, "text", true, null)),
                "type text, nullable",
                "type text, NOT NULL");
        failed(database.result(column(TABLE, "noteType", null, null, false, null)), "NOT NULL", "nullable");
    }

    @Test
    void aDomainMayRefuseNull() throws SQLException {
        failed(database.result(column(TABLE, "needed", null, null, true, null)), "nullable", "NOT NULL");
    }

    @Test
    void existsOrNot() throws SQLException {
        passed(
                database.result(column(TABLE, "noteType", null, null, null, null)),
                "present",
                "column public.clinical_notes.noteType");
        passed(
                database.result(column(TABLE, "gone", false, null, null, null)),
                "absent",
                "no column \"gone\" in table public.clinical_notes");
        failed(
                database.result(column(TABLE, "noteType", false, "text", null, null)),
                "absent",
                "column public.clinical_notes.noteType");
    }

    @Test
    void aMissingColumnComesWithTheNearestName() throws SQLException {
        failed(
                database.result(column(TABLE, "appointment_id", null, "text", true, null)),
                "type text, nullable",
                "no column \"appointment_id\" in table public.clinical_notes; did you mean \"appointmentId\"?");
        failed(
                database.result(column(TABLE, "zzz", null, null, null, null)),
                "present",
                "no column \"zzz\" in table public.clinical_notes");
    }

    @Test
    void aMissingTableComesWithTheNearestName() throws SQLException {
        failed(
                database.result(column("ClinicalNote", "noteType", null, "text", null, null)),
                "type text",
                "no table \"ClinicalNote\" in search_path public; did you mean \"clinical_notes\"?");
    }

    @Test
    void ofAMissingTableNothingIsProved() throws SQLException {
        failed(
                database.result(column("ClinicalNote", "noteType", false, null, null, null)),
                "absent",
                "no table \"ClinicalNote\" in search_path public; did you mean \"clinical_notes\"?");
    }

    @Test
    void aTableMayBeInAnotherSchema() throws SQLException {
        failed(
                database.result(column("elsewhere", "id", null, "int", null, null)),
                "type int",
                "no table \"elsewhere\" in search_path public; there is other.elsewhere");
        passed(database.result(in("other", "elsewhere", "id", "int")), "type integer");
        failed(
                database.result(in("other", TABLE, "noteType", "text")),
                "type text",
                "no table \"clinical_notes\" in schema other; there is public.clinical_notes");
        failed(
                database.result(in("lost", "nowhere", "id", "int")),
                "type int",
                "no table \"nowhere\": no schema \"lost\"");
    }

    @Test
    void aNameIsFoldedOnlyWhereNoneIsLetterForLetter() throws SQLException {
        passed(database.result(type(TABLE, "noteType", "text")), "type text");
        passed(database.result(type(TABLE, "NOTETYPE", "integer")), "type integer");
        passed(database.result(type("Clinical_Notes", "NUMBER", "integer")), "type integer");
        failed(
                database.result(type(TABLE, "appointmentid", "text")),
                "type text",
                "no column \"appointmentid\" in table public.clinical_notes; did you mean \"appointmentId\"?");
    }

    @Test
    void aViewHasColumnsToo() throws SQLException {
        passed(database.result(type("note_view", "noteType", "text")), "type text");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            small_number  | smallint                     | smallint
            number        | int                          | integer
            number        | INT4                         | integer
            id            | int8                         | bigint
            amount        | decimal(10,2)                | numeric(10,2)
            amount        | numeric( 10 , 2 )            | numeric(10,2)
            plain_numeric | decimal                      | numeric
            code          | varchar(20)                  | character varying(20)
            letters       | char(3)                      | character(3)
            letter        | char                         | character(1)
            raw           | "char"                       | "char"
            flag          | bool                         | boolean
            created       | timestamptz(3)               | timestamp(3) with time zone
            day           | timestamp                    | timestamp without time zone
            at_time       | timetz(2)                    | time(2) with time zone
            span          | interval day to second(3)    | interval day to second(3)
            hours         | interval hour                | interval hour
            bits          | bit(4)                       | bit(4)
            some_bits     | varbit(7)                    | bit varying(7)
            tags          | varchar(20)[]                | character varying(20)[]
            grid          | int[]                        | integer[]
            real_number   | real                         | real
            precise       | float                        | double precision
            precise       | float8                       | double precision
            status        | note_status                  | note_status
            status        | public.note_status           | note_status
            kind          | "NoteKind"                   | "NoteKind"
            kind          | NoteKind                     | "NoteKind"
            kinds         | "NoteKind"[]                 | "NoteKind"[]
            mood          | other.mood                   | other.mood
            needed        | required                     | required
            word          | short                        | short
            """)
    void understandsTypesAsTheServerDoes(String name, String type, String canonical) throws SQLException {
        passed(database.result(type(TABLE, name, type)), "type " + canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            noteType | varchar        | character varying        | text
            amount   | numeric        | numeric                  | numeric(10,2)
            amount   | numeric(10,3)  | numeric(10,3)            | numeric(10,2)
            code     | varchar(21)    | character varying(21)    | character varying(20)
            code     | varchar        | character varying        | character varying(20)
            created  | timestamptz    | timestamp with time zone | timestamp(3) with time zone
            tags     | varchar(20)    | character varying(20)    | character varying(20)[]
            tags     | varchar(9)[]   | character varying(9)[]   | character varying(20)[]
            span     | interval       | interval                 | interval day to second(3)
            status   | text           | text                     | note_status
            letters  | char           | character(1)             | character(3)
            word     | varchar(5)     | character varying(5)     | short
            """)
    void anotherTypeFails(String name, String type, String expected, String observed) throws SQLException {
        failed(database.result(type(TABLE, name, type)), "type " + expected, "type " + observed);
    }

    @Test
    void aTypeThatDoesNotExistIsSaidToBeSo() throws SQLException {
        failed(database.result(type(TABLE, "number", "serial")), "type serial", "type integer (no type serial exists)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"int) FROM pg_class; DROP TABLE clinical_notes --", "int, 1", "int --", "", "numeric(10"})
    void whatIsNoTypeNameNeverPasses(String type) throws SQLException {
        CheckResult result = database.result(type(TABLE, "amount", type));

        assertThat(result.result()).isNotEqualTo(Result.Passed);
        passed(database.result(type(TABLE, "number", "int")), "type integer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            created | now()                            | now()
            created | NOW()                            | now()
            number  | -1                               | '-1'::integer
            amount  | 0                                | 0
            code    | 'x'                              | 'x'::character varying
            code    | 'x'::varchar                     | 'x'::character varying
            flag    | true                             | true
            tags    | '{}'                             | '{}'::character varying[]
            status  | 'draft'                          | 'draft'::note_status
            uuid    | gen_random_uuid()                | gen_random_uuid()
            payload | '{"a": 1}'                       | '{"a": 1}'::jsonb
            later   | now() +  '1 day'                 | (now() + '1 day'::interval)
            """)
    void aDefaultMayBeWrittenMoreSimply(String name, String expected, String observed) throws SQLException {
        passed(defaultOf(name, expected), "default " + expected, "default " + observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            code     | 'X'               | default 'x'::character varying
            code     | x                 | default 'x'::character varying
            number   | 1                 | default '-1'::integer
            created  | current_timestamp | default now()
            noteType | 'a'               | no default
            id       | 1                 | no default (identity)
            total    | 2                 | no default (generated)
            """)
    void anotherDefaultFails(String name, String expected, String observed) throws SQLException {
        failed(defaultOf(name, expected), "default " + expected, observed);
    }

    @Test
    void anEmptyDefaultMeansNone() throws SQLException {
        passed(defaultOf("noteType", ""), "no default");
        passed(defaultOf("total", ""), "no default", "no default (generated)");
        failed(defaultOf("code", ""), "no default", "default 'x'::character varying");
    }

    private static CheckResult defaultOf(String name, String value) throws SQLException {
        return database.result(column(TABLE, name, null, null, null, value));
    }

    private static Check in(String schema, String table, String name, String type) {
        return Checks.of(schema, table, name, null, type, null, null);
    }
}
