package dev.dbmigration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.e2e.failure.Containers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/** An operator's only Pod, on this machine, which is its node: its memory and its requests. */
final class OperatorWatch {

    /**
     * How it was over a while in which nobody asked anything of it; memory in bytes, the greatest seen.
     *
     * @param rss resident memory of its processes, as the node's kernel counts it
     * @param workingSet of its container, as the kubelet counts it: what a memory limit is held against
     */
    record Idle(long rss, long workingSet, ApiCounts requests) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final Scrape scrape;
    private final String pod;

    OperatorWatch(Site site) {
        client = site.client;
        scrape = new Scrape(client, site.release);
        pod = scrape.pods().get(0);
    }

    /** What it has asked of the API server since it started. */
    ApiCounts requests() {
        return ApiCounts.of(scrape.of(pod));
    }

    /** Looks on for a while, once a second. */
    Idle idle(Duration window) {
        ApiCounts before = requests();
        Deque<Long> resident = new ConcurrentLinkedDeque<>();
        Deque<Long> working = new ConcurrentLinkedDeque<>();
        onceASecond(window, () -> {
            resident.add(rss());
            working.add(workingSet());
        });
        return new Idle(
                Collections.max(resident), Collections.max(working), requests().since(before));
    }

    private static void onceASecond(Duration window, Runnable look) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        AtomicLong left = new AtomicLong(window.toSeconds());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Runnable tick = () -> {
            try {
                look.run();
                if (left.decrementAndGet() <= 0) {
                    end.complete(null);
                }
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        };
        try {
            clock.scheduleAtFixedRate(tick, 1, 1, TimeUnit.SECONDS);
            end.join();
        } finally {
            clock.shutdownNow();
        }
    }

    private Pod pod() {
        return client.pods().inNamespace(scrape.release()).withName(pod).get();
    }

    private long rss() {
        return Containers.processes(pod())
                .mapToLong(process -> residentBytes(process.pid()))
                .sum();
    }

    /** See «VmRSS» in proc(5). */
    private static long residentBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long workingSet() {
        try {
            JsonNode summary = JSON.readTree(
                    client.raw("/api/v1/nodes/" + pod().getSpec().getNodeName() + "/proxy/stats/summary"));
            return StreamSupport.stream(summary.get("pods").spliterator(), false)
                    .filter(each -> each.at("/podRef/name").asText().equals(pod))
                    .mapToLong(each ->
                            each.at("/containers/0/memory/workingSetBytes").asLong())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
