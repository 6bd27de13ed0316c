package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.HeldLock;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells of the locks that it held when it committed, and of the tables that it wrote anew. */
class HeldLocksTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("held");

    @BeforeEach
    void tables() {
        database.execute(
                "CREATE TABLE notes (id int PRIMARY KEY, n int); CREATE TABLE other (n int);"
                        + " INSERT INTO notes SELECT i, i FROM generate_series(1, 100) i;"
                        + " CREATE TABLE parent (n int, v int) PARTITION BY LIST (n); CREATE TABLE part PARTITION OF parent DEFAULT");
    }

    private RunDirectory run;

    private List<HeldLock> locks(String sql, Transaction transaction) {
        run = new RunDirectory(root).sql("1.sql", sql);
        run.transaction = transaction;
        Report report = run.apply(database);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        return report.files().get(0).locks();
    }

    private List<HeldLock> locks(String sql) {
        return locks(sql, Transaction.PerFile);
    }

    @Test
    void theStrongestLockOfEachOlderTableAndWhetherItWasRewritten() {
        List<HeldLock> locks = locks("UPDATE notes SET n = 2; ALTER TABLE notes ALTER n TYPE bigint;"
                + " CREATE INDEX ON other (n); CREATE TABLE fresh (n int); INSERT INTO fresh VALUES (1);"
                + " DO $$ BEGIN CREATE TABLE nested (n int); INSERT INTO nested VALUES (1);"
                + " EXCEPTION WHEN others THEN NULL; END $$");

        assertThat(locks)
                .extracting(HeldLock::relation, HeldLock::mode, HeldLock::rewritten)
                .containsExactlyInAnyOrder(
                        tuple("public.notes", "AccessExclusiveLock", true), tuple("public.other", "ShareLock", false));
        assertThat(locks).allSatisfy(lock -> assertThat(lock.millis()).isNotNegative());
        assertThat(run.log())
                .contains("ms after BEGIN: AccessExclusiveLock on public.notes, which was rewritten")
                .contains("ms after BEGIN: ShareLock on public.other\n");
    }

    @Test
    void aTableThatWasOnlyChangedIsNotRewritten() {
        assertThat(locks("ALTER TABLE notes ADD c int DEFAULT 1"))
                .extracting(HeldLock::mode, HeldLock::rewritten)
                .containsExactly(tuple("AccessExclusiveLock", false));
    }

    @Test
    void partitionsAreRewrittenWithTheirTable() {
        assertThat(locks("DO 'BEGIN ALTER TABLE parent ALTER v TYPE bigint; END'"))
                .extracting(HeldLock::relation, HeldLock::rewritten)
                .containsExactlyInAnyOrder(tuple("public.parent", false), tuple("public.part", true));
    }

    @Test
    void whatAFunctionTouchesWithoutBeingNamedIsNotKnownToBeRewritten() {
        database.execute("CREATE FUNCTION change() RETURNS void LANGUAGE plpgsql AS"
                + " 'BEGIN ALTER TABLE other ALTER n TYPE bigint; END'");

        assertThat(locks("SELECT change()"))
                .extracting(HeldLock::relation, HeldLock::mode, HeldLock::rewritten)
                .containsExactly(tuple("public.other", "AccessExclusiveLock", null));
    }

    @Test
    void readingIsNotTold() {
        assertThat(locks("SELECT count(*) FROM notes; CREATE TEMP TABLE t (n int); INSERT INTO t VALUES (1)"))
                .isEmpty();
    }

    @Test
    void eachTransactionOfAFileThatRunsStepByStep() {
        assertThat(locks(
                        "INSERT INTO other VALUES (1);\nINSERT INTO other VALUES (2);\nBEGIN;\nTRUNCATE notes;\nCOMMIT",
                        Transaction.PerStatement))
                .extracting(HeldLock::relation, HeldLock::mode, HeldLock::rewritten)
                .containsExactly(
                        tuple("public.other", "RowExclusiveLock", false),
                        tuple("public.notes", "AccessExclusiveLock", true));
    }

    @Test
    void allFilesTogetherTellEachLockOnce() {
        run = new RunDirectory(root)
                .sql("1.sql", "ALTER TABLE notes ALTER n SET DEFAULT 1")
                .sql("2.sql", "TRUNCATE other");
        run.transaction = Transaction.All;

        Report report = run.apply(database);

        assertThat(report.files())
                .extracting(
                        file -> file.locks().stream().map(HeldLock::relation).toList())
                .containsExactly(List.of("public.notes"), List.of("public.other"));
    }

    @Test
    void twentyAreTold() {
        String tables = IntStream.range(0, 25)
                .mapToObj(i -> "CREATE TABLE t" + i + "()")
                .collect(Collectors.joining(";"));
        database.execute(tables);
        String comments = IntStream.range(0, 25)
                .mapToObj(i -> "ALTER TABLE t" + i + " ADD c int")
                .collect(Collectors.joining(";"));

        assertThat(locks(comments)).hasSize(20);
    }

    /** The catalogue may be closed to a role; the migration goes on, and the transaction is whole. */
    @Test
    void whereLocksCannotBeSeenTheMigrationIsAppliedAllTheSame() {
        database.execute(
                "CREATE ROLE held_writer LOGIN; GRANT CREATE ON DATABASE " + database.name()
                        + " TO held_writer; ALTER TABLE notes OWNER TO held_writer; REVOKE SELECT ON pg_catalog.pg_locks FROM PUBLIC");
        run = new RunDirectory(root).sql("1.sql", "ALTER TABLE notes ADD c int");

        Report report = run.apply(database.as("held_writer", "unasked"));

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.files().get(0).locks()).isEmpty();
        assertThat(run.log()).contains("cannot see which locks are held: 42501");
        database.execute("ALTER TABLE notes ADD d int; REASSIGN OWNED BY held_writer TO postgres;"
                + " DROP OWNED BY held_writer; DROP ROLE held_writer");
        assertThat(database.query("SELECT count(*) FROM dbmigration.migrations"))
                .isEqualTo("1");
    }
}
