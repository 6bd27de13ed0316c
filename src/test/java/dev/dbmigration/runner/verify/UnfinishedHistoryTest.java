package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;

import dev.dbmigration.report.Report.CheckResult;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Histories that know of more than success: what failed, is half done, was taken back, and who holds a lock. */
class UnfinishedHistoryTest {

    private static final String CLEAN = "nothing failed or half done";

    private Fixture database;

    @BeforeEach
    void create() throws SQLException {
        database = new Fixture();
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    private CheckResult ledger(String fields) throws SQLException {
        return database.result(Checks.of("ledger: {" + fields + "}"));
    }

    @Nested
    class Flyway {

        @BeforeEach
        void table() throws SQLException {
            database.execute(
                    "CREATE TABLE flyway_schema_history (installed_rank int CONSTRAINT flyway_schema_history_pk PRIMARY KEY,"
                            + " version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL,"
                            + " script varchar(1000) NOT NULL, checksum int, installed_by varchar(100) NOT NULL,"
                            + " installed_on timestamp NOT NULL DEFAULT now(), execution_time int NOT NULL,"
                            + " success boolean NOT NULL)");
            row(0, null, "<< Flyway Schema Creation >>", "SCHEMA", "\"app\"", true);
            row(1, "1", "<< Flyway Baseline >>", "BASELINE", "<< Flyway Baseline >>", true);
            row(2, "10.0", "ten", "SQL", "V10_0__ten.sql", true);
            row(3, "2.1", "two", "SQL", "V2_1__two.sql", true);
            row(4, null, "views", "SQL", "R__views.sql", true);
            row(5, null, "views", "SQL", "R__views.sql", true);
        }

        @Test
        void versionsAreNumbersAndScriptsHaveNames() throws SQLException {
            passed(
                    ledger(
                            "tool: Flyway, versions: ['1', '2.1.0', V10__ten.sql, R__views.sql], latest: '10', atLeast: 4"),
                    "1, 2.1.0, V10__ten.sql, R__views.sql recorded, at least 4 entries, the latest 10, " + CLEAN,
                    "1, 2.1.0, V10__ten.sql, R__views.sql recorded, 4 entries, the latest 10, " + CLEAN);
        }

        @Test
        void aFailureIsTold() throws SQLException {
            row(6, "11", "eleven", "SQL", "V11__eleven.sql", false);

            failed(
                    ledger("tool: Flyway, versions: ['11']"),
                    "11 recorded, " + CLEAN,
                    "missing 11 (failed), 11 failed (V11__eleven.sql) in public.flyway_schema_history"
                            + " (4 entries, the last 10.0)");
            passed(ledger("tool: Flyway, latest: '10', noFailed: false"), "the latest 10");
        }

        @Test
        void whatIsTakenBackIsMissingButNotFailed() throws SQLException {
            row(6, "2.1", "two", "DELETE", "V2_1__two.sql", true);
            row(7, "10.0", "ten", "UNDO_SQL", "U10_0__ten.sql", true);

            passed(ledger("tool: Flyway, latest: '1'"), "the latest 1, " + CLEAN);
            failed(
                    ledger("tool: Flyway, versions: ['2.1', '10'], noFailed: false"),
                    "2.1, 10 recorded",
                    "missing 2.1 (deleted by repair), 10 (undone) in public.flyway_schema_history"
                            + " (2 entries, the last 1)");
        }

        private void row(int rank, String version, String description, String type, String script, boolean success)
                throws SQLException {
            String quoted = version == null ? "NULL" : "'" + version + "'";
            database.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " installed_by, execution_time, success) VALUES (" + rank + ", " + quoted + ", '" + description
                    + "', '" + type + "', '" + script + "', current_user, 0, " + success + ")");
        }
    }

    @Nested
    class Liquibase {

        @BeforeEach
        void tables() throws SQLException {
            database.execute(
                    "CREATE TABLE databasechangelog (id varchar(255) NOT NULL, author varchar(255) NOT NULL,"
                            + " filename varchar(255) NOT NULL, dateexecuted timestamp NOT NULL,"
                            + " orderexecuted int NOT NULL, exectype varchar(10) NOT NULL, md5sum varchar(35),"
                            + " description varchar(255), comments varchar(255), tag varchar(255),"
                            + " liquibase varchar(20), contexts varchar(255), labels varchar(255),"
                            + " deployment_id varchar(10))",
                    "CREATE TABLE databasechangeloglock (id int PRIMARY KEY, locked boolean NOT NULL,"
                            + " lockgranted timestamp, lockedby varchar(255))",
                    "INSERT INTO databasechangeloglock VALUES (1, false, NULL, NULL)");
            set("2", "EXECUTED", 1);
            set("1", "MARK_RAN", 2);
        }

        private void set(String id, String type, int order) throws SQLException {
            database.execute(
                    "INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)"
                            + " VALUES ('" + id + "', 'ann', 'db/log.sql', now(), " + order + ", '" + type + "')");
        }

        @Test
        void changeSetsAreKnownByIdAuthorAndFile() throws SQLException {
            passed(
                    ledger("tool: Liquibase, versions: ['1', '2::ann', 'db/log.sql::2::ann'], latest: '1::ann'"),
                    "1, 2::ann, db/log.sql::2::ann recorded, the latest 1::ann, " + CLEAN);
            failed(
                    ledger("tool: Liquibase, versions: ['other.sql::1::ann'], noFailed: false"),
                    "other.sql::1::ann recorded",
                    "missing other.sql::1::ann in public.databasechangelog (2 entries, the last db/log.sql::1::ann)");
        }

        @Test
        void aLockThatIsHeldIsTold() throws SQLException {
            database.execute("UPDATE databasechangeloglock SET locked = true, lockgranted = '2026-11-20 10:00:00',"
                    + " lockedby = 'ci-7 (10.0.0.1)'");

            failed(
                    ledger("tool: Liquibase"),
                    CLEAN,
                    "its lock is held by ci-7 (10.0.0.1) since 2026-11-20 10:00:00, by an update that runs or was"
                            + " killed in public.databasechangelog (2 entries, the last db/log.sql::1::ann)");
        }

        @Test
        void aFailedSetIsTold() throws SQLException {
            set("3", "FAILED", 3);

            failed(
                    ledger("tool: Liquibase"),
                    CLEAN,
                    "db/log.sql::3::ann has EXECTYPE FAILED in public.databasechangelog (2 entries, the last"
                            + " db/log.sql::1::ann)");
        }

        @Test
        void theLockTableMayBeAbsent() throws SQLException {
            database.execute("DROP TABLE databasechangeloglock");

            passed(ledger("tool: Liquibase"), CLEAN);
        }
    }

    @Nested
    class Prisma {

        @BeforeEach
        void table() throws SQLException {
            database.execute("CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY NOT NULL,"
                    + " checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,"
                    + " logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),"
                    + " applied_steps_count int NOT NULL DEFAULT 0)");
            row("1_a", "now()", null, null);
        }

        private void row(String name, String finished, String logs, String rolledBack) throws SQLException {
            database.execute("INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, logs,"
                    + " rolled_back_at, started_at) VALUES (gen_random_uuid()::text, '', '" + name + "', " + finished
                    + ", " + logs + ", " + rolledBack + ", '2026-11-20 10:00:00Z')");
        }

        @Test
        void aResolvedFailureIsHistory() throws SQLException {
            row("2_b", null, "'error'", "now()");
            row("2_b", "now()", null, null);

            passed(
                    ledger("tool: Prisma, versions: [1_a, 2_b], latest: 2_b, atLeast: 2"),
                    "1_a, 2_b recorded, at least 2 entries, the latest 2_b, " + CLEAN,
                    "1_a, 2_b recorded, 2 entries, the latest 2_b, " + CLEAN);
        }

        @Test
        void whatFailedAndWhatNeverEndedIsTold() throws SQLException {
            row("2_b", null, "'ERROR: secret'", null);
            row("3_c", null, null, null);

            failed(
                    ledger("tool: Prisma"),
                    CLEAN,
                    "2_b failed (its error stands in the column logs), 3_c begun at 2026-11-20 10:00:00 UTC and not"
                            + " finished in public._prisma_migrations (1 entry, the last 1_a)");
        }

        @Test
        void whatIsRolledBackWillRunAgain() throws SQLException {
            row("2_b", null, "'error'", "now()");

            passed(ledger("tool: Prisma, latest: 1_a"), "the latest 1_a, " + CLEAN);
            failed(
                    ledger("tool: Prisma, versions: [2_b]"),
                    "2_b recorded, " + CLEAN,
                    "missing 2_b (rolled back) in public._prisma_migrations (1 entry, the last 1_a), " + CLEAN);
        }
    }

    @Nested
    class GolangMigrate {

        @BeforeEach
        void table() throws SQLException {
            database.execute(
                    "CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)",
                    "INSERT INTO schema_migrations VALUES (7, false)");
        }

        @Test
        void theCurrentVersionIsTheLatest() throws SQLException {
            passed(ledger("tool: GolangMigrate, latest: '000007'"), "the latest 000007, " + CLEAN);
            failed(
                    ledger("tool: GolangMigrate, latest: '8', noFailed: false"),
                    "the latest 8",
                    "the latest 7 in public.schema_migrations (1 entry, the last 7)");
        }

        @Test
        void dirtIsTold() throws SQLException {
            database.execute("UPDATE schema_migrations SET dirty = true");

            failed(
                    ledger("tool: GolangMigrate, latest: '7'"),
                    "the latest 7, " + CLEAN,
                    "no entry, 7 dirty: its file failed, was killed or runs in"
                            + " public.schema_migrations (no entry)");
        }

        @Test
        void aSecondRowIsTold() throws SQLException {
            database.execute("INSERT INTO schema_migrations VALUES (8, false)");

            failed(
                    ledger("tool: GolangMigrate"),
                    CLEAN,
                    "2 rows, where golang-migrate keeps one in public.schema_migrations (2 entries, the last 8)");
        }
    }

    @Nested
    class Alembic {

        @BeforeEach
        void table() throws SQLException {
            database.execute(
                    "CREATE TABLE alembic_version"
                            + " (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)",
                    "INSERT INTO alembic_version VALUES ('ae10')");
        }

        @Test
        void theHeadIsTheLatest() throws SQLException {
            passed(ledger("tool: Alembic, latest: ae10, versions: [ae10]"), "ae10 recorded, the latest ae10, " + CLEAN);
            failed(
                    ledger("tool: Alembic, latest: bf20, noFailed: false"),
                    "the latest bf20",
                    "the latest ae10 in public.alembic_version (1 entry, the last ae10)");
        }

        @Test
        void severalHeadsAreTold() throws SQLException {
            database.execute("INSERT INTO alembic_version VALUES ('bf20')");

            failed(
                    ledger("tool: Alembic"),
                    CLEAN,
                    "several heads: ae10 and bf20 in public.alembic_version (2 entries, the last bf20)");
            passed(ledger("tool: Alembic, versions: [bf20, ae10], noFailed: false"), "bf20, ae10 recorded");
        }
    }
}
