package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.runner.verify.Checks;
import dev.dbmigration.runner.verify.Verifier;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of the ledger that the runner itself has written. */
class OwnLedgerTest {

    private static final String CLEAN = "nothing failed or half done";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("own");

    @Test
    void appliedSkippedAndBaselineAreRecorded() throws SQLException {
        database.execute("CREATE TABLE a (n int)");
        RunDirectory run = new RunDirectory(root)
                .file("app", "001_first.sql", "CREATE TABLE a (n int)")
                .file("app", "002_skipped.sql", "CREATE TABLE IF NOT EXISTS a (n int)")
                .file("app", "010_last.sql", "INSERT INTO a VALUES (1)")
                .file("app", "R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one");
        run.ledgerRules = new LedgerRules(null, null, null, "001");
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);

        is(
                verify("scope: test, versions: ['1', 002_skipped.sql, '010', R__view.sql], latest: '10', atLeast: 4"),
                Result.Passed,
                "1, 002_skipped.sql, 010, R__view.sql recorded, 4 entries, the latest 10, " + CLEAN);
        is(
                verify("scope: test, versions: ['11', '12'], atLeast: 5"),
                Result.Failed,
                "missing 11, 12, 4 entries in dbmigration.migrations under scope \"test\" (4 entries, the last 10), "
                        + CLEAN);
    }

    @Test
    void aFileThatStoppedHalfWayIsTold() throws SQLException {
        new RunDirectory(root)
                .sql(
                        "1.sql",
                        "-- dbmigration: transaction=none\nCREATE TABLE a (n int);\nINSERT INTO a VALUES (1);\n"
                                + "INSERT INTO nowhere VALUES (1)")
                .apply(database);
        new RunDirectory(root.resolve("other")).sql("7.sql", "SELECT 1").apply(database);

        is(
                verify("scope: test, versions: ['1']"),
                Result.Failed,
                "missing 1 (half done), 1 half done (2 statements done) in dbmigration.migrations under scope \"test\""
                        + " (1 entry, the last 7)");
    }

    @Test
    void aStatementWhoseEndNobodySawIsTold() throws SQLException {
        new RunDirectory(root).sql("1.sql", "SELECT 1").apply(database);
        new RunDirectory(root.resolve("stepped"))
                .sql(
                        "2.sql",
                        "-- dbmigration: transaction=none\nCREATE TABLE a (n int);\nINSERT INTO nowhere VALUES (1)")
                .apply(database);
        // As a kill leaves it that comes between the note and the statement's end.
        database.execute("INSERT INTO dbmigration.steps (scope, version, statement, hash, begun, before)"
                + " VALUES ('test', '2', 2, '', true, '')");

        is(
                verify("scope: test"),
                Result.Failed,
                "2 half done (1 statement done; statement 2 begun, its end not seen) in dbmigration.migrations under"
                        + " scope \"test\" (1 entry, the last 1)");
    }

    @Test
    void aMisspeltScopeIsTold() throws SQLException {
        new RunDirectory(root).sql("1.sql", "SELECT 1").apply(database);

        is(
                verify("scope: tset, versions: ['1']"),
                Result.Failed,
                "missing 1 in dbmigration.migrations under scope \"tset\" (no entry; there are scopes test), " + CLEAN);
    }

    @Test
    void withoutALedgerNothingIsProved() throws SQLException {
        is(
                verify("scope: test, atLeast: 1"),
                Result.Failed,
                "no ledger: no table \"migrations\": no schema \"dbmigration\"");
    }

    private CheckResult verify(String fields) throws SQLException {
        try (Connection connection = database.connect()) {
            RunInput.Session session = new RunInput.Session(null, null, null);
            Report report = new Verifier(connection, session).verify(List.of(Checks.of("ledger: {" + fields + "}")));
            return report.checks().get(0);
        }
    }

    private static void is(CheckResult result, Result wanted, String observed) {
        assertThat(result)
                .extracting(CheckResult::result, CheckResult::observed)
                .containsExactly(wanted, observed);
    }
}
