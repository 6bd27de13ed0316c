package dev.dbmigration.e2e;

import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.e2e.OperatorWatch.Idle;
import dev.dbmigration.e2e.Race.Step;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures the operator on the cluster that {@code KUBECONFIG} names, whose only node this machine is, beside bare Jobs
 * that bring the same statements; prints Markdown. Its properties are those of {@link ChartOnClusterTest}, and
 *
 * <ul>
 *   <li>{@code benchmark.psql}: an image that the cluster has, with {@code psql} on its PATH;
 *   <li>{@code benchmark.pairs} (20): migrations and Jobs one by one, in turn;
 *   <li>{@code benchmark.burst} (200): as many at once;
 *   <li>{@code benchmark.finished} (1000): finished migrations in the end;
 *   <li>{@code benchmark.window} (60): seconds of each look at the idle operator.
 * </ul>
 */
public final class Benchmark implements AutoCloseable {

    private static final int FEW = 100;

    /** No more of them at once than a small node starts without delay. */
    private static final int PORTION = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Duration window = Duration.ofSeconds(Integer.getInteger("benchmark.window", 60));
    private final int pairs = Integer.getInteger("benchmark.pairs", 20);
    private final int burst = Integer.getInteger("benchmark.burst", 200);
    private final int finished = Integer.getInteger("benchmark.finished", 1000);
    private final Site site;
    private final Race<DatabaseMigration> migrations;
    private final Race<Job> jobs;
    private final Figures figures = new Figures(System.out);
    private final Map<Integer, Idle> idles = new TreeMap<>();
    private OperatorWatch operator;
    private int made;

    private Benchmark() throws IOException {
        site = new Site("benchmark-e2e");
        migrations = new Race<>(site, Contender.migration());
        jobs = new Race<>(site, Contender.job(System.getProperty("benchmark.psql")));
    }

    /** Runs it once; takes no arguments. */
    public static void main(String[] args) throws IOException {
        try (Benchmark benchmark = new Benchmark()) {
            benchmark.run();
        }
    }

    private void run() {
        site.install(values -> values);
        operator = new OperatorWatch(site);
        look();
        oneByOne();
        fill(Math.min(FEW, finished));
        look();
        atOnce();
        fill(finished);
        look();
        figures.rest(idles, window);
    }

    /** At the operator, which has nothing to do. */
    private void look() {
        idles.put(made, operator.idle(window));
    }

    /** Pairs, each led by the other one in turn; the first pair warms up and does not count. */
    private void oneByOne() {
        one(0, new ArrayList<>(), new ArrayList<>());
        List<Map<Step, Double>> ours = new ArrayList<>();
        List<Map<Step, Double>> theirs = new ArrayList<>();
        ApiCounts before = operator.requests();
        for (int pair = 1; pair <= pairs; pair++) {
            one(pair, ours, theirs);
        }
        figures.steps(ours, theirs);
        figures.requests(operator.requests().since(before).work(), pairs);
        remove(Job.class);
    }

    private void one(int pair, List<Map<Step, Double>> ours, List<Map<Step, Double>> theirs) {
        List<Runnable> both = List.of(
                () -> ours.addAll(migrations.run("one-" + pair, 1)), () -> theirs.addAll(jobs.run("job-" + pair, 1)));
        both.get(pair % 2).run();
        both.get(1 - pair % 2).run();
        made++;
    }

    private void atOnce() {
        migrations.run("burst", burst);
        made += burst;
        jobs.run("jobs", burst);
        figures.burst(
                burst,
                migrations.seconds("burst", Step.APPLIED, Step.DONE),
                jobs.seconds("jobs", Step.APPLIED, Step.DONE));
        remove(Job.class);
    }

    private void fill(int count) {
        while (made < count) {
            int more = Math.min(PORTION, count - made);
            migrations.run("fill-" + made, more);
            made += more;
        }
    }

    private <T extends HasMetadata> void remove(Class<T> kind) {
        var all = site.client.resources(kind).inNamespace(site.users);
        all.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
        await("end of each " + kind.getSimpleName())
                .atMost(PATIENCE)
                .until(() -> all.list().getItems().isEmpty());
    }

    @Override
    public void close() throws IOException {
        try (site;
                migrations;
                jobs) {
            remove(Job.class);
            remove(DatabaseMigration.class);
            await("end of each Pod")
                    .atMost(PATIENCE)
                    .until(() -> site.client
                            .pods()
                            .inNamespace(site.users)
                            .list()
                            .getItems()
                            .isEmpty());
        }
    }
}
