package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.PlannedFile;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that follows another one by streaming; the last test promotes it. */
@TestMethodOrder(OrderAnnotation.class)
class ReplicaTest {

    private static final String LIKE_APPLY = "Apply would end as ReadOnlyDatabase: this server is a replica";

    @TempDir
    private static Path data;

    private static Postgres primary;
    private static Postgres replica;

    @TempDir
    Path root;

    private Database database;
    private Database copy;
    private RunDirectory run;

    @BeforeAll
    static void start() {
        primary = Postgres.start();
        replica = primary.replica(data);
    }

    @AfterAll
    static void stop() {
        replica.close();
        primary.close();
    }

    @BeforeEach
    void database() {
        database = primary.newDatabase("replica");
        copy = replica.admin().named(database.name());
        run = new RunDirectory(root).sql("1.sql", "CREATE TABLE a (n int)");
    }

    private void follow() {
        String now = primary.admin().query("SELECT pg_current_wal_insert_lsn()");
        await().atMost(1, TimeUnit.MINUTES)
                .until(() -> "t".equals(replica.admin().query("SELECT pg_last_wal_replay_lsn() >= '" + now + "'")));
    }

    @Test
    @Order(1)
    void applyIsRefusedAndChangesNothing() {
        follow();

        Report report = run.apply(copy);

        assertThat(report.reason()).as(report.message()).isEqualTo(Reason.ReadOnlyDatabase);
        assertThat(report.message()).startsWith("this server is a replica");
        assertThat(report.failures().get(0).hint()).contains("name the primary in spec.database.host");
        assertThat(report.summary()).isEqualTo(new Summary(1, 0, 0, 0, 0, 0, 1));
    }

    @Test
    @Order(2)
    void aPlanSaysThatThereIsNoLedgerYet() {
        follow();

        Report report = run.plan(copy);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Planned);
        assertThat(report.plan()).extracting(PlannedFile::file).containsExactly("1.sql");
        assertThat(report.warnings())
                .extracting(Warning::message)
                .singleElement()
                .asString()
                .startsWith(LIKE_APPLY);
    }

    /** Where transactions are serializable by default, a replica refuses each that looks at something. */
    @ParameterizedTest
    @ValueSource(strings = {"read committed", "repeatable read", "serializable"})
    @Order(3)
    void aPlanKnowsWhatThePrimaryKnows(String isolation) {
        assumeThat(Postgres.version())
                .as("tells that it is a replica")
                .isGreaterThanOrEqualTo(isolation.startsWith("s") ? 14 : 13);
        database.execute("CREATE TABLE b (n int); INSERT INTO b SELECT generate_series(1, 1000); ANALYZE b");
        run.sql("2.sql", "-- dbmigration: transaction=none\nCREATE TABLE c ();\nCREATE TABLE d (LIKE nowhere)");
        assertThat(run.apply(database).reason()).isEqualTo(Reason.UndefinedObject);
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_isolation = '" + isolation
                + "'; CREATE ROLE " + database.name() + "_reader LOGIN; GRANT USAGE ON SCHEMA dbmigration TO "
                + database.name() + "_reader; GRANT SELECT ON ALL TABLES IN SCHEMA dbmigration TO " + database.name()
                + "_reader");
        run.sql("3.sql", "CREATE INDEX ON b (n)");
        follow();

        Report report = run.plan(copy.as(database.name() + "_reader", "any"));

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Planned);
        assertThat(report.summary().alreadyApplied()).isEqualTo(1);
        assertThat(report.plan()).extracting(PlannedFile::file).containsExactly("2.sql", "3.sql");
        assertThat(report.plan().get(0).why()).contains("came to statement 1");
        assertThat(report.warnings())
                .filteredOn(warning -> warning.rows() != null)
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.reason()).isEqualTo("IndexBlocksWrites");
                    assertThat(warning.rows()).isEqualTo(1000);
                });
        assertThat(report.warnings()).extracting(Warning::message).anyMatch(message -> message.startsWith(LIKE_APPLY));
    }

    /** A failover: the resource's host is the old replica's, and what was refused runs when it is asked for again. */
    @Test
    @Order(4)
    void onceItIsPromotedItIsAServerLikeAnyOther() {
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
        run.sql("2.sql", "INSERT INTO a VALUES (1)");
        follow();
        assertThat(run.apply(copy).reason()).isEqualTo(Reason.ReadOnlyDatabase);

        assertThat(replica.admin().query("SELECT pg_promote(true, 60)")).isEqualTo("t");

        Report report = run.apply(copy);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.summary()).isEqualTo(new Summary(2, 1, 1, 0, 0, 0, 0));
        assertThat(copy.query("SELECT count(*) FROM a")).isEqualTo("1");
        assertThat(run.plan(copy).warnings()).isEmpty();
    }
}
