package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.PlannedFile;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of files and ledger, and that it leaves no trace. */
class PlanTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("plan");

    private RunDirectory run() {
        return new RunDirectory(root);
    }

    private String ledger() {
        return database.query("SELECT to_regnamespace('dbmigration')");
    }

    @Test
    void saysWhatWouldRunInWhichOrderAndTransactionAndWhy() {
        run().sql("1.sql", "CREATE TABLE a (n int)").apply(database);

        RunDirectory plan = run().sql("1.sql", "CREATE TABLE a (n int)")
                .sql("10.sql", "SELECT 1; SELECT 2")
                .sql("2.sql", "-- dbmigration: transaction=statement\nSELECT 1")
                .sql("3.sql", "SELECT 1;\nCREATE INDEX CONCURRENTLY ON a (n)")
                .sql("4.sql", "BEGIN;\nSELECT 1;\nCOMMIT");
        Report report = plan.plan(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Planned);
        assertThat(report.reason()).isNull();
        assertThat(report.summary()).isEqualTo(new Summary(5, 0, 1, 0, 0, 0, 4));
        assertThat(report.message()).contains("nothing was run", "4 files would be applied, 1 already is");
        assertThat(report.plan())
                .extracting(PlannedFile::file, PlannedFile::transaction, PlannedFile::statements)
                .containsExactly(
                        tuple("2.sql", Transaction.PerStatement, 1),
                        tuple("3.sql", Transaction.PerStatement, 2),
                        tuple("4.sql", Transaction.PerStatement, 3),
                        tuple("10.sql", Transaction.PerFile, 2));
        assertThat(report.plan())
                .extracting(PlannedFile::why)
                .satisfiesExactly(
                        head -> assertThat(head).contains("head of the file", "transaction=statement"),
                        line -> assertThat(line).contains("line 2 cannot run in a transaction"),
                        own -> assertThat(own).contains("line 1 begins or ends a transaction itself"),
                        spec -> assertThat(spec).isEqualTo("spec.sql.transaction is PerFile"));
        assertThat(plan.log()).contains("would apply 2.sql of ConfigMap inline: PerStatement");
        assertThat(database.query("SELECT count(*) FROM pg_indexes WHERE tablename = 'a'"))
                .isEqualTo("0");
        assertThat(database.query("SELECT count(*) FROM dbmigration.migrations"))
                .isEqualTo("1");
    }

    @Test
    void withoutALedgerItMakesNone() {
        Report report = run().sql("1.sql", "CREATE TABLE a ()").plan(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Planned);
        assertThat(report.warnings()).isEmpty();
        assertThat(ledger()).isNull();
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    @Test
    void whatIsAppliedNeedsNoPlan() {
        run().sql("1.sql", "CREATE TABLE a ()").apply(database);

        Report report = run().sql("1.sql", "CREATE TABLE a ()").plan(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Planned);
        assertThat(report.plan()).isEmpty();
        assertThat(report.message()).isEqualTo("nothing to do: 1 file applied already");
    }

    @Test
    void allTogether() {
        RunDirectory run = run().sql("1.sql", "SELECT 1");
        run.transaction = Transaction.All;
        assertThat(run.plan(database).plan())
                .containsExactly(new PlannedFile("1.sql", Transaction.All, 1, "spec.sql.transaction is All"));

        run.sql("2.sql", "-- dbmigration: transaction=statement\nSELECT 1");
        assertThat(run.plan(database).reason()).isEqualTo(run.apply(database).reason());
    }

    @Test
    void whatTheBaselineHoldsWouldNotRun() {
        RunDirectory run = run().sql("1.sql", "CREATE TABLE a ()").sql("2.sql", "CREATE TABLE b ()");
        run.ledgerRules = new LedgerRules(null, null, null, "1");

        Report report = run.plan(database);

        assertThat(report.plan()).extracting(PlannedFile::file).containsExactly("2.sql");
        assertThat(database.query("SELECT to_regnamespace('dbmigration')")).isNull();
    }

    @Test
    void whatAnotherScopeHasAppliedIsRefusedHereToo() {
        run().sql("1.sql", "CREATE TABLE a ()").apply(database);
        RunDirectory other = run().sql("1.sql", "CREATE TABLE a ()");
        other.scope = "other";

        Report report = other.plan(database);

        assertThat(report.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(report.message()).contains("has applied this very file to the same schema, under the scope");
    }

    @Test
    void refusesWhatApplyRefuses() {
        run().sql("1.sql", "CREATE TABLE a ()").apply(database);

        Report edited = run().sql("1.sql", "CREATE TABLE b ()").plan(database);
        assertThat(edited.outcome()).isEqualTo(Outcome.Failed);
        assertThat(edited.reason()).isEqualTo(Reason.ChecksumMismatch);

        Report twins = run().sql("1.sql", "CREATE TABLE a ()")
                .file("other", "01_a.sql", "SELECT 1".getBytes())
                .plan(database);
        assertThat(twins.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(twins.message()).contains("stands twice");
    }

    @Test
    void refusesForAllFilesWhatCannotBePartOfOneTransaction() {
        RunDirectory run = run().sql("2.sql", "CREATE TABLE b (n int);\nVACUUM b");
        run.transaction = Transaction.All;

        Report report = run.plan(database);

        assertThat(report.reason()).isEqualTo(Reason.TransactionState);
        assertThat(report.failures()).extracting(Failure::line).containsExactly(2);
    }

    @Test
    void aFileThatWasBegunGoesOnWhereItWas() {
        RunDirectory begun = run().sql("1.sql", "CREATE TABLE a ();\nDROP TABLE nowhere");
        begun.transaction = Transaction.PerStatement;
        begun.apply(database);

        Report report =
                run().sql("1.sql", "CREATE TABLE a ();\nCREATE TABLE b ()").plan(database);

        assertThat(report.plan()).singleElement().satisfies(file -> {
            assertThat(file.transaction()).isEqualTo(Transaction.PerStatement);
            assertThat(file.why()).contains("came to statement 1");
        });
        Report edited =
                run().sql("1.sql", "CREATE TABLE c ();\nCREATE TABLE b ()").plan(database);
        assertThat(edited.reason()).isEqualTo(Reason.ChecksumMismatch);
    }

    @Test
    void aRoleThatMayOnlyReadIsEnoughAndIsToldWhatItLacks() {
        run().sql("1.sql", "CREATE TABLE a ()").apply(database);
        database.execute("CREATE ROLE plan_reader LOGIN; GRANT USAGE ON SCHEMA dbmigration TO plan_reader;"
                + " GRANT SELECT ON dbmigration.migrations TO plan_reader");
        try {
            Database reader = database.as("plan_reader", "unasked");

            Report report = run().sql("1.sql", "CREATE TABLE a ()")
                    .sql("2.sql", "SELECT 1")
                    .plan(reader);

            assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Planned);
            assertThat(report.plan()).extracting(PlannedFile::file).containsExactly("2.sql");
            assertThat(report.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.message())
                            .contains("Apply would end as PermissionDenied", "GRANT SELECT, INSERT"));

            database.execute("REVOKE ALL ON dbmigration.migrations FROM plan_reader");
            Report blind = run().sql("1.sql", "CREATE TABLE a ()").plan(reader);
            assertThat(blind.reason()).isEqualTo(Reason.PermissionDenied);
            assertThat(blind.message()).contains("GRANT SELECT ON \"dbmigration\".migrations");
        } finally {
            database.execute("DROP OWNED BY plan_reader; DROP ROLE plan_reader");
        }
    }

    /** A replica's sessions are read-only too: {@link ReplicaTest}. */
    @Test
    void aDatabaseThatMayOnlyBeReadIsPlannedForAndToldOf() {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        Report report = run().sql("1.sql", "CREATE TABLE a ()").plan(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Planned);
        assertThat(report.warnings())
                .extracting(Warning::message)
                .singleElement()
                .asString()
                .contains("Apply would end as ReadOnlyDatabase");
    }

    @Test
    void anotherMigrationAtWorkIsNotWaitedFor() throws SQLException {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(7233464250984980852)");
            RunDirectory run = run().sql("1.sql", "CREATE TABLE a ()");
            run.lockWaitMillis = 0;

            assertThat(run.plan(database).outcome()).isEqualTo(Outcome.Planned);
        }
    }
}
