package dev.dbmigration.runner.remains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose the INVALID indexes are that lie in a database after a {@code REINDEX} was killed. */
class ReindexedTest {

    private static final String LONG = "l".repeat(63);

    /** Endings of names as the server makes them, where two tables in two schemas are written anew at once. */
    private static final String BEFORE = "CREATE SCHEMA s; CREATE TABLE s.a (n int, t text); CREATE TABLE s.b (n int);"
            + " CREATE TABLE c (n int) PARTITION BY RANGE (n);"
            + " CREATE TABLE c1 PARTITION OF c FOR VALUES FROM (1) TO (10); CREATE INDEX c_n ON c (n);"
            + " CREATE INDEX a_n ON s.a (n); CREATE INDEX a_n_t ON s.a (n, t); CREATE INDEX " + LONG + " ON s.a (t);"
            + " CREATE INDEX c1_n_idx_ccold ON c1 (n); CREATE INDEX a_n_ccnew ON s.a (n);"
            + " CREATE INDEX a_n_t_ccnew1 ON s.a (n); CREATE INDEX b_n_ccnew ON s.b (n);"
            + " CREATE INDEX " + LONG.substring(6) + "_ccnew ON s.a (t);"
            + " CREATE INDEX a_t ON s.a (t)";

    private static final String INVALID = "UPDATE pg_index SET indisvalid = false WHERE indexrelid IN"
            + " (SELECT oid FROM pg_class WHERE relname ~ '_cc(new|old)')";

    private final Database database = Postgres.shared().newDatabase("reindexed");

    private List<String> dropped(String sql) throws SQLException {
        Remains remains = Reindexed.of(StatementWords.of(sql));
        try (Connection connection = database.connect()) {
            Finding.Again again = (Finding.Again) remains.look(connection, "");
            assertThat(again.stays()).isEmpty();
            return again.first().stream()
                    .map(drop ->
                            drop.replaceFirst("DROP INDEX CONCURRENTLY ", "").replaceFirst("l{57}", "long"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REINDEX INDEX CONCURRENTLY s.a_n | s.a_n_ccnew",
                "REINDEX INDEX CONCURRENTLY s.a_n_t | s.a_n_t_ccnew1",
                "REINDEX INDEX CONCURRENTLY s.a_t |",
                "REINDEX (CONCURRENTLY, VERBOSE) INDEX s.LONG | s.long_ccnew",
                "REINDEX INDEX CONCURRENTLY c_n | public.c1_n_idx_ccold",
                "REINDEX TABLE CONCURRENTLY s.a | s.a_n_ccnew s.a_n_t_ccnew1 s.long_ccnew",
                "REINDEX (VERBOSE) TABLE CONCURRENTLY s.\"b\" | s.b_n_ccnew",
                "REINDEX TABLE CONCURRENTLY c | public.c1_n_idx_ccold",
                "REINDEX TABLE CONCURRENTLY gone |",
                "REINDEX SCHEMA CONCURRENTLY s | s.a_n_ccnew s.a_n_t_ccnew1 s.b_n_ccnew s.long_ccnew",
                "REINDEX DATABASE CONCURRENTLY x"
                        + " | public.c1_n_idx_ccold s.a_n_ccnew s.a_n_t_ccnew1 s.b_n_ccnew s.long_ccnew",
                "REINDEX (VERBOSE) SCHEMA s |"
            })
    void onlyWhatItsWordsReachIsDropped(String sql, String indexes) throws SQLException {
        database.execute(BEFORE);
        database.execute(INVALID);

        assertThat(dropped(sql.replace("LONG", LONG)))
                .isEqualTo(indexes == null ? List.of() : Arrays.asList(indexes.split(" ")));
    }

    @Test
    void whatIsInTheToastOfItsTableToo() throws SQLException {
        database.execute("CREATE TABLE a (t text); CREATE TABLE b (t text)");
        String toast = database.query("SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'a'::regclass");
        String index =
                database.query("SELECT indexrelid::regclass FROM pg_index WHERE indrelid = '" + toast + "'::regclass");
        // No statement makes one beside the one that is there, short of a REINDEX that is killed.
        database.execute("SET allow_system_table_mods = on; ALTER INDEX " + index + " RENAME TO toast_ccnew;"
                + " UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'pg_toast.toast_ccnew'::regclass");

        assertThat(dropped("REINDEX TABLE CONCURRENTLY a")).containsExactly("pg_toast.toast_ccnew");
        assertThat(dropped("REINDEX TABLE CONCURRENTLY b")).isEmpty();
        assertThat(dropped("REINDEX SCHEMA CONCURRENTLY public")).containsExactly("pg_toast.toast_ccnew");
    }

    @Test
    void whatAnotherSessionBuildsNowIsNotTouched() throws Exception {
        database.execute("CREATE TABLE a (n int); CREATE INDEX a_n ON a (n)");
        CompletableFuture<Void> building;
        try (Connection gate = database.connect();
                Statement lock = gate.createStatement()) {
            gate.setAutoCommit(false);
            lock.execute("LOCK TABLE a IN ROW EXCLUSIVE MODE");
            building = CompletableFuture.runAsync(() -> database.execute("REINDEX TABLE CONCURRENTLY a"));
            await().atMost(1, TimeUnit.MINUTES)
                    .until(() -> "1".equals(database.query("SELECT count(*) FROM pg_index WHERE NOT indisvalid")));

            assertThat(dropped("REINDEX DATABASE CONCURRENTLY x")).isEmpty();
            assertThat(dropped("REINDEX TABLE CONCURRENTLY a")).isEmpty();
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
            assertThat(building).failsWithin(1, TimeUnit.MINUTES);
        }
        assertThat(dropped("REINDEX DATABASE CONCURRENTLY x")).containsExactly("public.a_n_ccnew");
    }
}
