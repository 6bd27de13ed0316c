package dev.dbmigration.runner;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that are written from a database: valid, true of it, and false of one that is otherwise. */
class SnapshotTest {

    private static Database rich;
    private static List<Check> taken;

    @TempDir
    Path root;

    @BeforeAll
    static void create() {
        rich = Postgres.shared().newDatabase("snapshot");
        rich.execute(sql("rich"));
        taken = Snapshots.of(rich).checks();
    }

    private static String sql(String name) {
        try (InputStream file = SnapshotTest.class.getResourceAsStream("/snapshot/" + name + ".sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void passesAgainstTheDatabaseItWasTakenFrom() throws IOException {
        Snapshots snapshot = Snapshots.of(rich);

        assertThat(snapshot.err()).isEmpty();
        assertThat(snapshot.code()).isZero();
        assertThat(snapshot.notes()).containsExactly("# - table public.measured: 2 partitions are not described");
        snapshot.accepted();
        assertThat(Snapshots.of(rich).out()).isEqualTo(snapshot.out());
        assertThat(snapshot.documents()).hasSizeGreaterThan(1);
        for (JsonNode document : snapshot.documents()) {
            Report report = Snapshots.verify(rich, Snapshots.checks(document), root);
            assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Passed);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ALTER TABLE clinic.patients DROP COLUMN later                  | column clinic.patients.later, table clinic.patients
                    ALTER TABLE clinic.patients ADD COLUMN extra text              | table clinic.patients
                    ALTER TABLE clinic.patients ALTER code TYPE char(4)            | column clinic.patients.code
                    ALTER TABLE clinic.patients ALTER letter SET DEFAULT 'x'       | column clinic.patients.letter
                    ALTER TABLE clinic.patients ALTER born DROP NOT NULL           | column clinic.patients.born
                    ALTER TABLE clinic.patients ALTER id DROP IDENTITY             | column clinic.patients.id, sequence clinic.patients_id_seq
                    ALTER TABLE clinic.patients ALTER whole DROP EXPRESSION        | column clinic.patients.whole
                    ALTER TABLE clinic.patients ALTER sorted TYPE text             | column clinic.patients.sorted
                    ALTER TABLE clinic.patients DISABLE ROW LEVEL SECURITY         | table clinic.patients
                    DROP INDEX clinic.by_name                                      | index clinic.by_name
                    ALTER TABLE clinic."ClinicalNotes" DROP CONSTRAINT "Not Empty" | constraint clinic.ClinicalNotes.Not Empty
                    DROP POLICY own_rows ON clinic.patients                        | policy clinic.patients.own_rows
                    DROP TRIGGER "After All" ON clinic.patients                    | trigger clinic.patients.After All
                    ALTER FUNCTION clinic.total(text) VOLATILE                     | function clinic.total(text)
                    DROP VIEW clinic.open                                          | view clinic.open, trigger clinic.open.instead
                    ALTER TYPE clinic.status ADD VALUE 'late'                      | enum clinic.status
                    ALTER DOMAIN clinic.percentage DROP CONSTRAINT low             | domain clinic.percentage check low
                    SELECT setval('clinic.small', 1, false); INSERT INTO clinic.counted (own) VALUES (5) | sequence clinic.small
                    DROP EXTENSION pgcrypto                                        | extension pgcrypto
                    ALTER SCHEMA "Billing" RENAME TO billing2                      | schema Billing""")
    void whatIsOtherwiseIsFound(String damage, String found) {
        Database copy = rich.named("damaged_" + rich.name());
        Database admin = Postgres.shared().admin();
        admin.execute("CREATE DATABASE " + copy.name() + " TEMPLATE " + rich.name());
        try {
            copy.execute(damage);
            assertThat(failed(copy)).contains(found.split(", "));
        } finally {
            admin.execute("DROP DATABASE " + copy.name() + " WITH (FORCE)");
        }
    }

    /** Names of the checks that fail. */
    private List<String> failed(Database database) {
        Report report = Snapshots.verify(database, taken, root);
        return report.checks().stream()
                .filter(check -> check.result() == Result.Failed)
                .map(CheckResult::name)
                .toList();
    }

    @Test
    void whatIsWrongNowIsToldAndNotExpected() throws IOException {
        Database database = Snapshots.database(sql("wrong"));

        Snapshots snapshot = Snapshots.of(database);

        snapshot.accepted();
        assertThat(Snapshots.verify(database, snapshot.checks(), root).outcome())
                .isEqualTo(Outcome.Passed);
        assertThat(snapshot.notes())
                .anyMatch(note ->
                        note.startsWith("# - noInvalidIndexes public is left out: 1 invalid: public.half_built"))
                .anyMatch(note -> note.startsWith("# - noUnvalidatedConstraints public is left out: 2 NOT VALID: "))
                .anyMatch(note -> note.startsWith("# - noOrphans public is left out: "))
                .anyMatch(note -> note.startsWith("# - noDisabledTriggers public is left out: 1 disabled: "))
                .contains(
                        "# - index public.half_built: it is INVALID: REINDEX it, or drop it",
                        "# - constraint public.wrong.orphaned: it is NOT VALID: ALTER TABLE … VALIDATE CONSTRAINT",
                        "# - constraint public.wrong.unproven: it is NOT VALID: ALTER TABLE … VALIDATE CONSTRAINT",
                        "# - trigger public.wrong.stopped: it is disabled: ALTER TABLE … ENABLE TRIGGER",
                        "# - view public.empty: it is not populated: REFRESH MATERIALIZED VIEW",
                        "# - sequence public.wrong_id_seq: its ahead is left out:"
                                + " type integer, owner public.wrong.id, next value 1, greatest public.wrong.id is 2",
                        "# - column public.wrong.secret: its default is left out, it looks like a credential");
        assertThat(snapshot.out()).doesNotContain("hunter2");
        assertThat(snapshot.names()).doesNotContain("index public.half_built");
        assertThat(snapshot.check("constraint public.wrong.orphaned").has("validated"))
                .isFalse();
        assertThat(snapshot.check("trigger public.wrong.stopped").has("enabled"))
                .isFalse();
        assertThat(snapshot.check("view public.empty").has("populated")).isFalse();
        assertThat(snapshot.check("sequence public.wrong_id_seq").has("ahead")).isFalse();
        assertThat(snapshot.check("column public.wrong.secret").has("default")).isFalse();
    }

    @Test
    void whatIsAllRightIsExpected() {
        Snapshots snapshot = Snapshots.of(Snapshots.database("CREATE TABLE \"Right\" (\"Id\" bigserial PRIMARY KEY)"));

        assertThat(snapshot.notes()).isEmpty();
        assertThat(snapshot.names())
                .containsExactly(
                        "noInvalidIndexes public",
                        "noUnvalidatedConstraints public",
                        "noOrphans public",
                        "noDisabledTriggers public",
                        "table public.Right",
                        "column public.Right.Id",
                        "constraint public.Right.Right_pkey",
                        "sequence public.Right_Id_seq");
        assertThat(snapshot.check("sequence public.Right_Id_seq").toString())
                .isEqualTo("{\"schema\":\"public\",\"name\":\"Right_Id_seq\",\"type\":\"bigint\","
                        + "\"ownedBy\":\"public.Right.Id\",\"ahead\":true}");
    }

    @Test
    void theLedgerIsOurs() {
        Database database = Snapshots.database();
        new RunDirectory(root)
                .sql("001_a.sql", "CREATE TABLE a ()")
                .sql("002_b.sql", "CREATE TABLE migrations (version text, checksum text)")
                .sql("003_c.sql", "CREATE INDEX CONCURRENTLY a_b ON migrations (version)")
                .apply(database);

        Snapshots snapshot = Snapshots.of(database);

        assertThat(database.query("SELECT to_regclass('dbmigration.migrations')"))
                .isNotNull();
        assertThat(snapshot.out()).doesNotContain(" dbmigration.migrations", "schema: dbmigration");
        assertThat(snapshot.names())
                .contains("table public.a", "table public.migrations", "index public.a_b")
                .doesNotContain("schema dbmigration");
    }

    @Test
    void whatACheckCannotHoldIsToldAndLeftOut() throws IOException {
        String columns =
                IntStream.rangeClosed(1, 300).mapToObj(i -> "c" + i + " int").collect(joining(", "));
        String longest = "x".repeat(63);
        Database database = Snapshots.database(
                "CREATE TABLE wide (" + columns + ")",
                "CREATE VIEW wide_too AS SELECT * FROM wide",
                "CREATE TABLE long (a text DEFAULT '" + "x".repeat(1025) + "')",
                "CREATE TYPE none AS ENUM ()",
                "CREATE SCHEMA " + longest,
                "CREATE TABLE " + longest + "." + longest + " (" + longest + " int, " + "y".repeat(63) + " int)",
                "CREATE TABLE \"two\nlines: [\" (\"é\t\" int)");

        Snapshots snapshot = Snapshots.of(database);

        snapshot.accepted();
        assertThat(Snapshots.verify(database, snapshot.checks(), root).outcome())
                .isEqualTo(Outcome.Passed);
        assertThat(snapshot.notes())
                .containsExactlyInAnyOrder(
                        "# - column public.long.a: its default is left out, a check holds 1024 characters at most",
                        "# - enum public.none: it has no labels",
                        "# - table public.wide: its exactColumns is left out, a check holds 256 at most",
                        "# - view public.wide_too: its columns is left out, a check holds 256 at most");
        assertThat(snapshot.names()).contains("table public.two\nlines: [", "column public.wide.c300");
    }

    @Test
    void onANewServerWhatItKnowsIsWrittenToo() throws IOException {
        assumeTrue(Postgres.version() >= 18);
        Database database = Snapshots.database(
                "CREATE TABLE known (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int,"
                        + " CONSTRAINT loose CHECK (a > 0) NOT ENFORCED)",
                "ALTER TABLE known ADD CONSTRAINT unproven NOT NULL c NOT VALID");

        Snapshots snapshot = Snapshots.of(database);

        snapshot.accepted();
        assertThat(Snapshots.verify(database, snapshot.checks(), root).outcome())
                .isEqualTo(Outcome.Passed);
        assertThat(snapshot.check("column public.known.b").get("generated").asText())
                .isEqualTo("Virtual");
        assertThat(snapshot.check("constraint public.known.loose")
                        .get("enforced")
                        .asBoolean())
                .isFalse();
        assertThat(snapshot.check("column public.known.c").has("nullable")).isFalse();
        assertThat(snapshot.notes())
                .contains(
                        "# - column public.known.c: its NOT NULL unproven is NOT VALID: ALTER TABLE … VALIDATE CONSTRAINT");
    }

    @Test
    void whatTheRoleMayNotSeeIsToldAndTheRestDescribed() {
        Database database = Snapshots.database(
                "CREATE TABLE hidden (id serial PRIMARY KEY, other int REFERENCES hidden)",
                "DO $$ BEGIN CREATE ROLE snapshot_guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");

        Snapshots snapshot = Snapshots.of(database.as("snapshot_guest", "any"));

        assertThat(snapshot.code()).isZero();
        assertThat(snapshot.names())
                .contains("table public.hidden", "sequence public.hidden_id_seq")
                .doesNotContain("noOrphans public");
        assertThat(snapshot.notes())
                .containsExactly(
                        "# - noOrphans public is left out: SQLSTATE 42501: permission denied for table hidden",
                        "# - sequence public.hidden_id_seq: its ahead is left out:"
                                + " SQLSTATE 42501: permission denied for sequence hidden_id_seq");
    }
}
