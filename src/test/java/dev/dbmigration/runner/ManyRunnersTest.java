package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many runners as a careless roll-out starts, on one database of a server that takes a hundred connections. */
class ManyRunnersTest {

    private static final int RUNNERS = 50;
    private static final int FILES = 4;

    private static Postgres server;

    @TempDir
    Path root;

    private final Database database = server.newDatabase("many");
    private final ExecutorService pool = Executors.newFixedThreadPool(RUNNERS);

    @BeforeAll
    static void start() {
        server = Postgres.startWith(Map.of("max_connections", "100"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void eachFileIsAppliedByOneOfFiftyAndTheOthersSaySo() throws Exception {
        database.execute("CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)");
        CyclicBarrier together = new CyclicBarrier(RUNNERS);
        List<Future<Report>> runs = new ArrayList<>();
        for (int number = 1; number <= RUNNERS; number++) {
            RunDirectory run = directory(number);
            IntStream.rangeClosed(1, FILES).forEach(file -> run.sql(file + ".sql", adding(file)));
            String pod = "pod-" + number;
            runs.add(pool.submit(() -> {
                together.await();
                return apply(run, pod);
            }));
        }

        Map<String, List<String>> applied = new HashMap<>();
        for (int number = 1; number <= RUNNERS; number++) {
            Report report = runs.get(number - 1).get(5, TimeUnit.MINUTES);
            assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
            assertThat(report.summary().applied() + report.summary().alreadyApplied())
                    .isEqualTo(FILES);
            String pod = "pod-" + number;
            report.files().stream()
                    .filter(file -> file.outcome() == FileOutcome.Applied)
                    .forEach(file -> applied.computeIfAbsent(pod, each -> new ArrayList<>())
                            .add(file.version()));
        }
        // Who holds the lock goes on to the end.
        assertThat(applied.values()).singleElement().isEqualTo(List.of("1", "2", "3", "4"));
        assertThat(database.query("SELECT string_agg(DISTINCT application_name, ' ') FROM dbmigration.migrations"))
                .isEqualTo(applied.keySet().iterator().next());
        assertThat(database.query("SELECT n FROM counter")).isEqualTo("1111");
    }

    /** The second one outside a transaction, the third one in steps. */
    private static String adding(int file) {
        String add = "UPDATE counter SET n = n + " + (int) Math.pow(10, file - 1);
        return switch (file) {
            case 2 -> add + ";\nVACUUM counter";
            case 3 -> "-- dbmigration: transaction=statement\n" + add;
            default -> add;
        };
    }

    @Test
    void anIndexIsBuiltConcurrentlyWhileTenOthersWait() throws Exception {
        database.execute("CREATE TABLE a (n int); INSERT INTO a SELECT generate_series(1, 100)");
        List<RunDirectory> directories = IntStream.rangeClosed(0, 10)
                .mapToObj(number -> directory(number).sql("1.sql", "CREATE INDEX CONCURRENTLY a_n ON a (n)"))
                .toList();
        Future<Report> first;
        List<Future<Report>> others;
        try (Connection user = database.connect();
                Statement statement = user.createStatement()) {
            user.setAutoCommit(false);
            statement.execute("UPDATE a SET n = 0 WHERE n = 1");
            first = pool.submit(() -> apply(directories.get(0), "first"));
            await().atMost(1, TimeUnit.MINUTES).until(() -> indexes("NOT indisvalid") == 1);
            others = directories.stream()
                    .skip(1)
                    .map(directory -> pool.submit(() -> apply(directory, "other")))
                    .toList();
            for (RunDirectory other : directories.subList(1, 11)) {
                await().atMost(1, TimeUnit.MINUTES)
                        .until(
                                other::log,
                                log -> log.contains("waiting for the migration lock: another migration of"
                                        + " this database holds the lock: first"));
            }
            user.rollback();
        }

        Report report = first.get(2, TimeUnit.MINUTES);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.summary().applied()).isEqualTo(1);
        for (Future<Report> other : others) {
            Report said = other.get(2, TimeUnit.MINUTES);
            assertThat(said.outcome()).as(said.message()).isEqualTo(Outcome.Applied);
            assertThat(said.summary().alreadyApplied()).isEqualTo(1);
        }
        assertThat(indexes("indisvalid")).isEqualTo(1);
    }

    private int indexes(String which) {
        return Integer.parseInt(
                database.query("SELECT count(*) FROM pg_index WHERE indrelid = 'a'::regclass AND " + which));
    }

    private RunDirectory directory(int number) {
        RunDirectory run = new RunDirectory(root.resolve("run" + number));
        run.lockWaitMillis = TimeUnit.MINUTES.toMillis(5);
        return run;
    }

    private Report apply(RunDirectory run, String pod) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("PGAPPNAME", pod);
        return run.apply(environment);
    }
}
