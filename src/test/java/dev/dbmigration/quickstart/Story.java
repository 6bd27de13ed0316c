package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.pod.Marks;
import dev.dbmigration.report.ReportLine;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells what happens while it happens. One thread tells everything, and before each change of a resource it reads the
 * logs to their end, so that what a pod said stands before what came of it.
 */
final class Story implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** Events follow the status they speak of, so the end waits for the last of them. */
    private static final long LAST_WORDS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Terminal terminal;
    private final int expected;
    private final LogTail logs;
    private final Flips flips = new Flips();
    private final Cast cast = new Cast();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final CompletableFuture<Cast> end = new CompletableFuture<>();

    /** What comes after the end is not told any more. */
    private final ScheduledThreadPoolExecutor teller =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());

    private final List<SharedIndexInformer<?>> informers;
    private int width;
    private long lastNews = System.nanoTime();

    /** Starts to listen; {@code expected} is how many resources of both kinds are going to be applied. */
    Story(KubernetesClient client, Terminal terminal, int expected) {
        this.terminal = terminal;
        this.expected = expected;
        this.logs = new LogTail(client);
        informers = List.of(
                client.pods().inAnyNamespace().inform(retold(this::tell)),
                client.v1().events().inAnyNamespace().inform(retold(this::tell)),
                client.resources(DatabaseMigration.class).inAnyNamespace().inform(retold(this::tell)),
                client.resources(MigrationVerification.class).inAnyNamespace().inform(retold(this::tell)));
        teller.scheduleWithFixedDelay(safely(this::look), 100, 100, TimeUnit.MILLISECONDS);
    }

    /** Waits until nothing is to come any more, or nothing has come for a minute. */
    Cast awaitEnd() throws InterruptedException, ExecutionException {
        return end.get();
    }

    private void tell(Pod pod) {
        // What checks found is told from the status, which has it in better order.
        if (!Machine.runsChecks(pod)) {
            pods.put(pod.getMetadata().getUid(), pod);
        }
        readLogs();
    }

    private void tell(Event event) {
        String kind = event.getInvolvedObject().getKind();
        if (kind.equals(DatabaseMigration.KIND) || kind.equals(MigrationVerification.KIND)) {
            readLogs();
            String name = event.getInvolvedObject().getName();
            news("event", kind, name, event.getReason() + ": " + event.getMessage());
        }
    }

    private void tell(DatabaseMigration migration) {
        cast.saw(migration);
        tell(migration, Cast.conditions(migration));
    }

    private void tell(MigrationVerification verification) {
        cast.saw(verification);
        tell(verification, Cast.conditions(verification));
    }

    private void tell(HasMetadata resource, List<Condition> conditions) {
        readLogs();
        String name = resource.getMetadata().getName();
        for (String flip : flips.news(resource.getMetadata().getUid(), conditions)) {
            news("condition", resource.getKind(), name, flip);
        }
    }

    private void readLogs() {
        for (Pod pod : pods.values()) {
            Map<String, String> labels = pod.getMetadata().getLabels();
            for (String line : logs.news(pod)) {
                if (ReportLine.decode(line).isEmpty()) {
                    news("pod", labels.get(Marks.KIND), labels.get(Marks.NAME), line);
                }
            }
        }
    }

    private void look() {
        readLogs();
        long silence = System.nanoTime() - lastNews;
        if (cast.ended(expected) && silence > LAST_WORDS) {
            end.complete(cast);
        } else if (silence > PATIENCE) {
            terminal.line("Nothing has happened for a minute, so this is how it stands.");
            end.complete(cast);
        }
    }

    private void news(String what, String kind, String name, String text) {
        lastNews = System.nanoTime();
        String subject = (kind.equals(DatabaseMigration.KIND) ? "dbm/" : "mver/") + name;
        width = Math.max(width, subject.length());
        terminal.told(what, subject + " ".repeat(width + 2 - subject.length()) + text);
    }

    private <R> Telling<R> retold(Consumer<R> tell) {
        return new Telling<>(resource -> teller.execute(safely(() -> tell.accept(resource))));
    }

    private Runnable safely(Runnable telling) {
        return () -> {
            try {
                telling.run();
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        };
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        teller.shutdownNow();
    }
}
