package dev.dbmigration.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dbmigration.testing.Postgres;
import dev.dbmigration.testing.Promtool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A real Prometheus as a process of this machine, on loopback, that scrapes a release's Pods every second and labels
 * them as the chart's ServiceMonitor has them labelled.
 */
final class PrometheusServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Postgres.freePort();
    private final HttpServer relay;
    private final Process process;

    /** Starts it in a folder, which keeps its data and its log, with the rules that a PrometheusRule's spec holds. */
    PrometheusServer(Path folder, Scrape scrape, String job, JsonNode rules) throws IOException {
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/", exchange -> answer(exchange, scrape));
        relay.start();
        Files.writeString(folder.resolve("rules.yaml"), rules.toString());
        Path configuration = Files.writeString(
                folder.resolve("prometheus.yaml"), configuration(scrape, job).toString());
        process = new ProcessBuilder(
                        Promtool.prometheus(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        await("Prometheus")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get("/-/ready").contains("Ready"));
    }

    /** JSON is YAML too. */
    private ObjectNode configuration(Scrape scrape, String job) {
        ObjectNode configuration = JSON.createObjectNode();
        configuration.putObject("global").put("scrape_interval", "1s").put("evaluation_interval", "1s");
        configuration.putArray("rule_files").add("rules.yaml");
        ObjectNode scraped = configuration.putArray("scrape_configs").addObject();
        scraped.put("job_name", job).put("honor_labels", true);
        ArrayNode targets = scraped.putArray("static_configs");
        for (String pod : scrape.pods()) {
            ObjectNode target = targets.addObject();
            target.putArray("targets").add("127.0.0.1:" + relay.getAddress().getPort());
            target.putObject("labels").put("namespace", scrape.release()).put("pod", pod);
        }
        ArrayNode relabelling = scraped.putArray("relabel_configs");
        relabel(relabelling, "__metrics_path__", "/$1");
        relabel(relabelling, "instance", "$1:8080");
        return configuration;
    }

    private static void relabel(ArrayNode relabelling, String label, String replacement) {
        ObjectNode rule = relabelling.addObject();
        rule.putArray("source_labels").add("pod");
        rule.put("target_label", label).put("replacement", replacement);
    }

    private static void answer(HttpExchange exchange, Scrape scrape) throws IOException {
        try (exchange) {
            byte[] body =
                    scrape.of(exchange.getRequestURI().getPath().substring(1)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The result of a query as of now: an array of {@code {metric: {labels}, value: [time, text]}}. */
    JsonNode query(String expression) {
        return api("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .get("result");
    }

    /** The {@code data} of an answer of Prometheus' HTTP API. */
    JsonNode api(String path) {
        try {
            JsonNode answer = JSON.readTree(get("/api/v1/" + path));
            if (!answer.path("status").asText().equals("success")) {
                throw new IllegalStateException(path + ": " + answer);
            }
            return answer.get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The labels of a result without those by which Prometheus knows its target. */
    static Map<String, String> labels(JsonNode result) {
        Map<String, String> labels = JSON.convertValue(
                result.get("metric"), JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
        labels.keySet().removeAll(Set.of("job", "instance", "pod"));
        return labels;
    }

    @Override
    public void close() {
        process.destroy();
        await("end of Prometheus").atMost(PATIENCE).until(() -> !process.isAlive());
        relay.stop(0);
    }
}
