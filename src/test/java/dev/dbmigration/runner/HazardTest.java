package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.plan.Hazard;
import dev.dbmigration.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan warns of, statement by statement, and where it has nothing to say. */
class HazardTest {

    private static final Database DATABASE = HazardTables.DATABASE;

    @TempDir
    Path root;

    private List<Warning> warnings(String sql, Transaction transaction) {
        RunDirectory run = new RunDirectory(root).sql("1.sql", sql);
        run.transaction = transaction;
        Report report = run.plan(DATABASE);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Planned);
        List<Warning> warnings = report.warnings();
        assertThat(report.message().contains(warnings.size() + " to be warned of"))
                .isEqualTo(!warnings.isEmpty());
        return warnings;
    }

    private List<Warning> warnings(String sql) {
        return warnings(sql, Transaction.PerStatement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX ON notes (n) | IndexBlocksWrites | public.notes",
                "create unique index if not exists i on only public . Notes using btree (n) | IndexBlocksWrites | public.notes",
                "CREATE INDEX ON measures (v) | IndexBlocksWrites | public.measures",
                "ALTER TABLE notes ALTER body SET NOT NULL | NotNullScans | public.notes",
                "ALTER TABLE notes ADD c int; ALTER TABLE notes ALTER COLUMN c SET NOT NULL | NotNullScans | public.notes",
                "ALTER TABLE notes ALTER n SET NOT NULL | NotNullScans | public.notes",
                "ALTER TABLE notes ALTER doubtful SET NOT NULL | NotNullScans | public.notes",
                "ALTER TABLE notes ADD CHECK (n > 0) | CheckScans | public.notes",
                "ALTER TABLE notes DROP CONSTRAINT later, ADD CONSTRAINT c CHECK (n IN (1, 2)) | CheckScans | public.notes",
                "ALTER TABLE notes ADD COLUMN c int CHECK (c > 0) | CheckScans | public.notes",
                "ALTER TABLE \"Other\" ADD FOREIGN KEY (id) REFERENCES notes (id) | ForeignKeyScans | public.Other",
                "ALTER TABLE notes ADD c int DEFAULT 1 REFERENCES notes | ForeignKeyScans | public.notes",
                "ALTER TABLE notes ADD CONSTRAINT u UNIQUE (n) | ConstraintBuildsIndex | public.notes",
                "ALTER TABLE \"Other\" ADD PRIMARY KEY (id) | ConstraintBuildsIndex | public.Other",
                "ALTER TABLE notes ADD UNIQUE (n) USING INDEX TABLESPACE pg_default | ConstraintBuildsIndex | public.notes",
                "ALTER TABLE notes ADD c int UNIQUE | ConstraintBuildsIndex | public.notes",
                "ALTER TABLE notes ALTER n TYPE bigint | TypeRewrites | public.notes",
                "ALTER TABLE notes ALTER COLUMN short SET DATA TYPE varchar(5) | TypeRewrites | public.notes",
                "ALTER TABLE notes ALTER body TYPE varchar(20) | TypeRewrites | public.notes",
                "ALTER TABLE notes ALTER price TYPE numeric(12, 3) | TypeRewrites | public.notes",
                "ALTER TABLE notes ALTER at TYPE timestamp(3) | TypeRewrites | public.notes",
                "ALTER TABLE notes ALTER code TYPE text | TypeRewrites | public.notes",
                "ALTER TABLE notes ALTER feeling TYPE text | TypeRewrites | public.notes",
                "ALTER TABLE notes ALTER body TYPE text USING upper(body) | TypeRewrites | public.notes",
                "ALTER TYPE mood RENAME TO m; CREATE TYPE mood AS ENUM ('a'); ALTER TABLE notes ALTER feeling TYPE mood"
                        + " USING feeling::text::mood | TypeRewrites | public.notes",
                "ALTER TABLE notes ADD c uuid DEFAULT gen_random_uuid() NOT NULL | DefaultRewrites | public.notes",
                "ALTER TABLE notes ADD c int DEFAULT (1 + pg_catalog.random()) | DefaultRewrites | public.notes",
                "ALTER TABLE notes ADD c int GENERATED ALWAYS AS (n + 1) STORED | GeneratedRewrites | public.notes",
                "ALTER TABLE notes ADD COLUMN IF NOT EXISTS c bigserial | SerialRewrites | public.notes",
                "ALTER TABLE notes ADD c int GENERATED BY DEFAULT AS IDENTITY | IdentityRewrites | public.notes",
                "ALTER TABLE measures ATTACH PARTITION march FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')"
                        + " | PartitionScans | public.march",
                "ALTER TABLE notes DROP COLUMN body | ColumnDropped | public.notes",
                "ALTER TABLE notes DROP IF EXISTS body CASCADE | ColumnDropped | public.notes",
                "DROP TABLE IF EXISTS nowhere, march CASCADE | TableDropped | public.march",
                "ALTER TABLE notes RENAME body TO text | Renamed | public.notes",
                "ALTER TABLE IF EXISTS notes RENAME TO note | Renamed | public.notes",
                "VACUUM FULL VERBOSE notes | VacuumFullRewrites | public.notes",
                "VACUUM (ANALYZE, FULL) notes (n) | VacuumFullRewrites | public.notes",
                "CLUSTER notes USING notes_pkey | ClusterRewrites | public.notes",
                "CLUSTER notes_pkey ON notes | ClusterRewrites | public.notes",
                "TRUNCATE march, notes RESTART IDENTITY CASCADE | TruncateCascades | public.march public.notes",
                "SET search_path = elsewhere; CREATE INDEX ON far (n) | IndexBlocksWrites | elsewhere.far",
            })
    void warns(String sql, String reason, String relations) {
        List<Warning> warnings = warnings(sql).stream()
                .filter(warning -> !warning.reason().equals(Hazard.TwoExclusiveLocks.name()))
                .toList();
        assertThat(warnings).extracting(Warning::reason).containsOnly(reason);
        assertThat(warnings).extracting(Warning::relation).containsExactly(relations.split(" "));
        assertThat(warnings).allSatisfy(warning -> assertThat(warning.hint()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX CONCURRENTLY ON notes (n)",
                "CREATE INDEX IF NOT EXISTS notes_there ON notes (n)",
                "CREATE INDEX ON ONLY measures (v)",
                "CREATE TABLE t (n int); CREATE INDEX ON t (n); ALTER TABLE t ADD UNIQUE (n); DROP TABLE t",
                "CREATE TABLE elsewhere.notes (n int); ALTER TABLE elsewhere.notes ALTER n TYPE bigint",
                "CREATE TEMP TABLE notes (n int); ALTER TABLE notes ALTER n TYPE bigint",
                "ALTER TABLE notes ALTER kept SET NOT NULL",
                "ALTER TABLE notes ALTER proven SET NOT NULL",
                "ALTER TABLE notes VALIDATE CONSTRAINT later; ALTER TABLE notes ALTER n SET NOT NULL",
                "ALTER TABLE notes ADD CONSTRAINT b CHECK (body IS NOT NULL) NOT VALID;"
                        + " ALTER TABLE notes VALIDATE CONSTRAINT b; ALTER TABLE notes ALTER body SET NOT NULL",
                "ALTER TABLE notes ADD CHECK (n > 0) NO INHERIT NOT VALID",
                "ALTER TABLE notes ADD FOREIGN KEY (n) REFERENCES notes (id) ON DELETE SET DEFAULT NOT VALID",
                "ALTER TABLE notes ADD c int REFERENCES notes ON DELETE SET DEFAULT",
                "ALTER TABLE notes ADD CONSTRAINT u UNIQUE USING INDEX notes_there",
                "ALTER TABLE notes ALTER short TYPE varchar(20)",
                "ALTER TABLE notes ALTER short TYPE text",
                "ALTER TABLE notes ALTER short TYPE text USING short::text",
                "ALTER TABLE notes ALTER body TYPE varchar",
                "ALTER TABLE notes ALTER price TYPE numeric(12, 2)",
                "ALTER TABLE notes ALTER price TYPE numeric",
                "ALTER TABLE notes ALTER at TYPE timestamp(6)",
                "ALTER TABLE notes ALTER plain TYPE text",
                "ALTER TABLE notes ALTER tags TYPE varchar(5)[]",
                "ALTER TABLE notes ALTER n TYPE nowhere",
                "ALTER TABLE notes ALTER n SET DEFAULT 1, ALTER n SET STATISTICS 100",
                "ALTER TABLE notes ADD c int DEFAULT 1 NOT NULL, ADD d timestamptz DEFAULT now()",
                "ALTER TABLE notes ADD c int DEFAULT steady(), ADD d int DEFAULT mixed(1), ADD e int DEFAULT unheard_of()",
                "ALTER TABLE notes ADD IF NOT EXISTS n serial",
                "ALTER TABLE notes ALTER n ADD GENERATED ALWAYS AS IDENTITY",
                "ALTER TABLE measures ATTACH PARTITION april FOR VALUES FROM ('2026-04-01') TO ('2026-05-01')",
                "ALTER TABLE march ADD CONSTRAINT b CHECK (day >= '2026-03-01') NOT VALID; ALTER TABLE march VALIDATE"
                        + " CONSTRAINT b; ALTER TABLE measures ATTACH PARTITION march FOR VALUES FROM (1) TO (2)",
                "ALTER TABLE notes DROP COLUMN IF EXISTS nothing",
                "ALTER TABLE notes RENAME CONSTRAINT later TO sooner",
                "DROP TABLE IF EXISTS nowhere",
                "DROP VIEW seen",
                "VACUUM (FULL off) notes",
                "VACUUM notes",
                "TRUNCATE march",
                "SELECT set_config('search_path', 'elsewhere', false); CREATE INDEX ON notes (n)",
                "CREATE INDEX ON far (n)",
                "DO 'BEGIN ALTER TABLE notes ALTER n TYPE bigint; END'",
                "COMMENT ON TABLE notes IS 'ALTER TABLE notes DROP COLUMN n'",
            })
    void saysNothing(String sql) {
        assertThat(warnings(sql)).isEmpty();
    }

    /** Here the judge is the server: it is asked whether the table has another file afterwards. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER n TYPE bigint",
                "ALTER short TYPE varchar(20)",
                "ALTER short TYPE varchar(5)",
                "ALTER short TYPE varchar",
                "ALTER short TYPE text",
                "ALTER short TYPE char(20)",
                "ALTER body TYPE varchar",
                "ALTER body TYPE varchar(20)",
                "ALTER body TYPE text USING CAST(body AS varchar)",
                "ALTER body TYPE text USING (body)::varchar::text",
                "ALTER body TYPE text USING body || 'x'",
                "ALTER body TYPE text USING lower(body)",
                "ALTER body TYPE text COLLATE \"C\"",
                "ALTER price TYPE numeric(12, 2)",
                "ALTER price TYPE numeric(12, 3)",
                "ALTER price TYPE numeric(9, 2)",
                "ALTER price TYPE numeric",
                "ALTER price TYPE double precision",
                "ALTER at TYPE timestamp(6)",
                "ALTER at TYPE timestamp(3)",
                "ALTER at TYPE timestamptz",
                "ALTER at TYPE timestamptz(3)",
                "ALTER at TYPE date",
                "ALTER zoned TYPE timestamp",
                "ALTER code TYPE text",
                "ALTER code TYPE char(5)",
                "ALTER code TYPE varchar(4)",
                "ALTER feeling TYPE text",
                "ALTER loose TYPE oid",
                "ADD c int",
                "ADD c int DEFAULT 1 NOT NULL",
                "ADD c int DEFAULT steady()",
                "ADD c uuid DEFAULT gen_random_uuid()",
                "ADD c timestamptz DEFAULT now()",
                "ADD c timestamptz DEFAULT clock_timestamp()",
                "ADD c serial",
                "ADD c int GENERATED ALWAYS AS IDENTITY",
                "ADD c int GENERATED ALWAYS AS (n + 1) STORED",
                "ADD c int CHECK (c > 0)",
                "ALTER body SET NOT NULL",
                "DROP body",
            })
    void rewritesAreThoseOfTheServer(String action) throws SQLException {
        String sql = "ALTER TABLE notes " + action;

        boolean warned =
                warnings(sql).stream().anyMatch(warning -> warning.reason().endsWith("Rewrites"));

        assertThat(warned).isEqualTo(rewrites(sql));
    }

    private static boolean rewrites(String sql) throws SQLException {
        try (Connection connection = DATABASE.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL TimeZone = 'UTC'; UPDATE notes SET body = 'b'");
            String before = file(statement);
            statement.execute(sql);
            boolean rewritten = !file(statement).equals(before);
            connection.rollback();
            return rewritten;
        }
    }

    private static String file(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_relation_filenode('notes')")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void saysWhereAndHowLargeAndWhatToWriteInstead() {
        List<Warning> warnings =
                warnings("SELECT 1;\n\nALTER TABLE notes\n  ALTER n TYPE bigint;\nCREATE INDEX ON measures (v)");

        assertThat(warnings)
                .satisfiesExactly(
                        notes -> {
                            assertThat(notes.file()).isEqualTo("1.sql");
                            assertThat(notes.statement()).isEqualTo(2);
                            assertThat(notes.line()).isEqualTo(3);
                            assertThat(notes.rows()).isEqualTo(1000);
                            assertThat(notes.bytes())
                                    .isEqualTo(Long.valueOf(DATABASE.query("SELECT pg_total_relation_size('notes')")));
                            assertThat(notes.message()).isEqualTo(Hazard.TypeRewrites.what());
                            assertThat(notes.hint()).isEqualTo(Hazard.TypeRewrites.instead(false));
                        },
                        measures -> {
                            assertThat(measures.rows()).as("of the partitions").isEqualTo(100);
                            assertThat(measures.bytes())
                                    .isEqualTo(Long.valueOf(
                                            DATABASE.query("SELECT pg_total_relation_size('measures_1')")));
                            assertThat(measures.hint()).contains("on each partition");
                        });
    }

    @Test
    void whatWasNeverAnalyzedHasNoEstimate() {
        // Not an empty one, of which a server before 14 says 0 rows, and rightly so.
        DATABASE.execute("CREATE TABLE unseen WITH (autovacuum_enabled = off) AS SELECT 1 AS n");

        assertThat(warnings("DROP TABLE unseen")).singleElement().satisfies(warning -> {
            assertThat(warning.rows()).isNull();
            assertThat(warning.bytes()).isNotNull();
        });
    }

    @Test
    void aTableThatSomebodyLocksIsNotWaitedForAndItsSizeNotKnown() throws SQLException {
        try (Connection other = DATABASE.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE march");

            assertThat(warnings("DROP TABLE march")).singleElement().satisfies(warning -> {
                assertThat(warning.reason()).isEqualTo("TableDropped");
                assertThat(warning.rows()).isNull();
                assertThat(warning.bytes()).isNull();
            });
        }
    }

    @Test
    void whatOneStatementDoesTwiceIsToldOnce() {
        assertThat(warnings("ALTER TABLE notes ALTER n TYPE bigint, ALTER code TYPE text"))
                .extracting(Warning::reason)
                .containsExactly("TypeRewrites");
    }

    @Test
    void aWholeDatabaseHasNoName() {
        assertThat(warnings("VACUUM FULL;\nCLUSTER"))
                .extracting(Warning::reason, Warning::relation)
                .containsExactly(tuple("VacuumFullRewrites", null), tuple("ClusterRewrites", null));
    }

    @Test
    void whoElseIsEmptiedIsNamed() {
        assertThat(warnings("TRUNCATE notes CASCADE"))
                .extracting(Warning::message)
                .singleElement()
                .asString()
                .endsWith(": public.Other");
    }

    @Test
    void aRenamedTableIsKnownByItsNewName() {
        assertThat(warnings("ALTER TABLE notes RENAME TO n;\nCREATE INDEX ON n (id);\nCREATE INDEX ON notes (id)"))
                .extracting(Warning::line)
                .containsExactly(1, 2);
        assertThat(warnings("ALTER TABLE notes SET SCHEMA elsewhere;\nCREATE INDEX ON elsewhere.notes (id)"))
                .extracting(Warning::relation)
                .containsExactly("public.notes");
    }

    @Test
    void aTableMadeAnewIsTheRunsOwn() {
        assertThat(warnings("DROP TABLE march;\nCREATE TABLE march (n int);\nCREATE INDEX ON march (n)"))
                .extracting(Warning::reason)
                .containsExactly("TableDropped");
    }

    @ParameterizedTest
    @CsvSource({
        "PerFile, 2",
        "PerStatement, 0",
        "All, 2",
    })
    void twoTablesThatNobodyCanReadInOneTransaction(Transaction transaction, int line) {
        String sql = "ALTER TABLE notes ALTER n SET DEFAULT 1;\nALTER TABLE march ALTER v SET DEFAULT 1;\n"
                + "ALTER TABLE april ALTER v SET DEFAULT 1";

        List<Warning> warnings = warnings(sql, transaction);

        if (line == 0) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().satisfies(warning -> {
                assertThat(warning.reason()).isEqualTo("TwoExclusiveLocks");
                assertThat(warning.line()).isEqualTo(line);
                assertThat(warning.relation()).isEqualTo("public.march");
                assertThat(warning.message()).contains("public.notes (1.sql line 1)");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOCK notes, march | true",
                "LOCK TABLE notes, march IN SHARE MODE | false",
                "BEGIN; TRUNCATE notes; DROP INDEX notes_there; COMMIT | false",
                "BEGIN; TRUNCATE march; DROP INDEX notes_there; COMMIT | true",
                "BEGIN; TRUNCATE march; COMMIT; TRUNCATE notes | false",
                "BEGIN; TRUNCATE march; ALTER TABLE notes VALIDATE CONSTRAINT later; COMMIT | false",
                "BEGIN; CREATE TABLE march_2 PARTITION OF measures FOR VALUES FROM (1) TO (2); LOCK notes; COMMIT | true",
            })
    void ownTransactionsCount(String sql, boolean told) {
        assertThat(warnings(sql).stream().anyMatch(warning -> warning.reason().equals("TwoExclusiveLocks")))
                .isEqualTo(told);
    }

    @Test
    void theNextFileHasItsOwnSearchPath() {
        RunDirectory run = new RunDirectory(root)
                .sql("1.sql", "SET search_path = elsewhere; SELECT 1")
                .sql("2.sql", "CREATE INDEX ON notes (n)");

        assertThat(run.plan(DATABASE).warnings()).extracting(Warning::file).containsExactly("2.sql");
    }

    static Stream<Hazard> hazards() {
        return Stream.of(Hazard.values());
    }

    @ParameterizedTest
    @MethodSource("hazards")
    void isInTheDocument(Hazard hazard) throws IOException {
        assertThat(Files.readString(Path.of("docs/plan.md"))).contains("| " + hazard.name() + " |");
    }
}
