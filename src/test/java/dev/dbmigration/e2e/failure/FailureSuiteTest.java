package dev.dbmigration.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Migrations on a real cluster while everything around them is killed at random. It must run on the cluster's only
 * node, as root: it kills processes and cuts the network there. See docs/testing.md for its properties.
 */
@Tag("e2e")
class FailureSuiteTest {

    private static final String IMAGE = System.getProperty("e2e.image", "dbmigration-operator:failures");
    private static final long SEED = Long.getLong("e2e.seed", System.nanoTime() % 1_000_000);
    private static final int KILLS = Integer.getInteger("e2e.kills", 20);
    private static final Integer MINUTES = Integer.getInteger("e2e.minutes");
    private static final int LANES = Integer.getInteger("e2e.lanes", 2);
    private static final Duration BOUND = Duration.ofSeconds(Integer.getInteger("e2e.bound", 180));
    private static final String ONLY = System.getProperty("e2e.only");
    private static final String API_SERVER_PID = System.getProperty("e2e.apiserver.pid");

    private final Tally tally = new Tally();
    private final Instant begun = Instant.now();

    @Test
    void whateverIsKilled() throws Exception {
        System.out.println("seed " + SEED);
        Path logs = Files.createDirectories(Path.of("target/failure-suite"));
        try (Site site = new Site(IMAGE, logs.resolve("operator.log"))) {
            ExecutorService pool = Executors.newFixedThreadPool(LANES);
            try {
                awaitAll(IntStream.range(0, LANES)
                        .mapToObj(lane -> pool.submit(lane(site, lane)))
                        .toList());
            } finally {
                pool.shutdownNow();
            }
        } finally {
            tell();
        }
        assertThat(tally.troubles()).isEmpty();
        assertThat(tally.kills()).isGreaterThanOrEqualTo(MINUTES == null ? KILLS : 1);
    }

    private void tell() {
        System.out.println(tally.byKind());
        System.out.println("seed " + SEED);
        System.out.println(tally);
    }

    private boolean enough() {
        return MINUTES == null
                ? tally.kills() >= KILLS
                : !Instant.now().isBefore(begun.plus(Duration.ofMinutes(MINUTES)));
    }

    private void awaitAll(List<Future<Database>> lanes) throws InterruptedException, ExecutionException {
        for (Future<Database> lane : lanes) {
            String encounters = new Counted(lane.get(), "").overlaps();
            if (encounters != null) {
                tally.overlapping(encounters);
            }
        }
    }

    /** One migration after the other in a database of its own: there is one at a time in each. */
    private Callable<Database> lane(Site site, int lane) {
        return () -> {
            Random random = new Random(SEED + lane);
            Database database = site.postgres.newDatabase("lane" + lane);
            database.execute(Work.TABLES);
            for (int number = 1; !enough(); number++) {
                round(site, database, "lane" + lane + "-" + number, random);
            }
            return database;
        };
    }

    private void round(Site site, Database database, String name, Random random) throws IOException {
        Work work = Work.values()[random.nextInt(Work.values().length)];
        double seconds = 0.5 + random.nextInt(30) / 10.0;
        List<Kill> kills = kills();
        Kill kill = kills.get(random.nextInt(kills.size()));
        Migration migration = new Migration(name, work, database, site.host, site.image, seconds);
        Strike strike = new Strike(site, migration, random, apiServer());
        new Round(site, migration, tally, BOUND).run(kill, strike);
    }

    private static List<Kill> kills() {
        if (ONLY != null) {
            return List.of(Kill.valueOf(ONLY));
        }
        return Arrays.stream(Kill.values())
                .filter(kill -> kill != Kill.API_SERVER_STOPPED || API_SERVER_PID != null)
                .toList();
    }

    private static ApiServerProcess apiServer() {
        return API_SERVER_PID == null
                ? null
                : new ApiServerProcess(Path.of(API_SERVER_PID), System.getProperty("e2e.apiserver.start"));
    }
}
