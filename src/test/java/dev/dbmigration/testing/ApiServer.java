package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An embedded Kubernetes API on loopback for tests and the quickstart: the Fabric8 mock's store behind the API server's
 * own rules, as far as an operator can notice them.
 *
 * <p>It has: generations and resourceVersions with 409 on stale writes, the status as a resource of its own (Pods and
 * the CRDs that say so), merge, JSON and server-side apply patches, label and field selectors, list and watch without a
 * gap, defaults and pruning by the schemas of CRDs, finalizers, preconditions of deletes, the grace of Pods, garbage collection, immutable ConfigMaps, the rules for
 * names, labels and sizes, Pod logs, leases and the reviews that leader election asks for.
 *
 * <p>It has not: validation by the schemas and rules of CRDs, and their conversion; authorization, quota and admission (an {@link
 * Interceptor} refuses what a test wants refused); field managers, so an applied field is never removed by leaving it
 * out; merge keys of strategic merge patches (lists are replaced); dry runs (refused); immutability of Pod specs;
 * namespaces as objects that must exist; {@code events.k8s.io} as a second face of {@code v1} Events. Garbage is
 * collected at once, so nobody sees the seconds between.
 */
public final class ApiServer implements AutoCloseable {

    private static final String GROUP = "dbmigration.dev";

    private final ClusterDispatcher dispatcher = new ClusterDispatcher();
    private final RequestLog requests = new RequestLog();
    private final PodLogs logs = new PodLogs();
    private final List<Interception> interceptions = new CopyOnWriteArrayList<>();
    private final List<KubernetesClient> clients = new CopyOnWriteArrayList<>();
    private final ApiFront front;

    /** Starts a server that knows DatabaseMigration and MigrationVerification, and these kinds besides. */
    public ApiServer(CustomResourceDefinition... definitions) {
        expect("databasemigrations", "DatabaseMigration");
        expect("migrationverifications", "MigrationVerification");
        front = new ApiFront(this::answer, this::watch);
        for (CustomResourceDefinition definition : definitions) {
            client().resource(definition).create();
        }
    }

    /** A server that knows the definitions as they are committed, their defaults included. */
    public static ApiServer withCommittedDefinitions() {
        try (Stream<Path> files = Files.list(Path.of("deploy/crds"))) {
            return new ApiServer(files.map(ApiServer::definition).toArray(CustomResourceDefinition[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CustomResourceDefinition definition(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expect(String plural, String kind) {
        dispatcher.expectCustomResource(new CustomResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion("v1alpha1")
                .withPlural(plural)
                .withKind(kind)
                .withName(plural + "." + GROUP)
                .withScope("Namespaced")
                .withStatusSubresource(true)
                .build());
    }

    /** The user's client. Closed with the server, like every client from here. */
    public KubernetesClient client() {
        return client("user");
    }

    /** A client whose requests are recorded under this name. */
    public KubernetesClient client(String userAgent) {
        return client(userAgent, config -> {});
    }

    /** The same with a configuration of its own; the default repeats a request up to ten times on 5xx and lost answers. */
    public KubernetesClient client(String userAgent, Consumer<ConfigBuilder> changes) {
        ConfigBuilder config = new ConfigBuilder(configuration(userAgent));
        changes.accept(config);
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config.build()).build();
        clients.add(client);
        return client;
    }

    /** What a client of somebody's own needs to be recorded under this name. */
    public Config configuration(String userAgent) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(front.url())
                .withNamespace("default")
                .withUserAgent(userAgent)
                .build();
    }

    public String url() {
        return front.url();
    }

    public RequestLog requests() {
        return requests;
    }

    /** Puts an interceptor around every request that matches, until it is closed; the one set last stands outermost. */
    public Interception intercept(Predicate<ApiRequest> matching, Interceptor interceptor) {
        return intercept(matching, Integer.MAX_VALUE, interceptor);
    }

    /** The same for the first {@code times} requests that match. */
    public Interception intercept(Predicate<ApiRequest> matching, int times, Interceptor interceptor) {
        Interception interception = new Interception(matching, times, interceptor);
        interceptions.add(interception);
        return interception;
    }

    /** Says what {@code pods/log} answers for a container; until then it answers 400, as for one that has not started. */
    public void setLogs(String namespace, String pod, String container, Supplier<String> log) {
        logs.set(namespace, pod, container, log);
    }

    /** Cuts every watch that is open, as a restart of the API server does; clients open them again by themselves. */
    public void dropWatches() {
        front.dropWatches();
    }

    private Answer answer(ApiRequest request) {
        requests.add(request);
        Function<ApiRequest, Answer> chain = this::process;
        for (Interception interception : interceptions) {
            Function<ApiRequest, Answer> inner = chain;
            chain = each -> interception.apply(each, inner);
        }
        return chain.apply(request);
    }

    private Answer process(ApiRequest request) {
        ApiPath path = request.path();
        if (path.root().equals("/version")) {
            return Answer.json(200, "{\"major\":\"1\",\"minor\":\"33\",\"gitVersion\":\"v1.33.0\"}");
        }
        if (path.resource().startsWith("selfsubject")) {
            return Answer.json(201, reviewed(Updates.parse(request.body())));
        }
        if (path.isPods() && path.subresource().equals("log")) {
            return log(path);
        }
        return dispatcher.answer(request);
    }

    private Answer log(ApiPath path) {
        Stored pod;
        synchronized (dispatcher) {
            pod = dispatcher.find(path);
        }
        return pod == null ? Answer.notFound(path) : logs.read(path, pod);
    }

    /** Everybody may do everything. */
    private static ObjectNode reviewed(ObjectNode review) {
        ObjectNode status = review.putObject("status");
        status.put("allowed", true).put("incomplete", false);
        status.putArray("nonResourceRules");
        ObjectNode rule = status.putArray("resourceRules").addObject();
        for (String field : List.of("verbs", "apiGroups", "resources")) {
            rule.putArray(field).add("*");
        }
        return review;
    }

    private Runnable watch(ApiRequest request, Consumer<String> events) {
        requests.add(request);
        Watches.Watch watch = dispatcher.watch(request.path(), events);
        return () -> dispatcher.unwatch(watch);
    }

    @Override
    public void close() {
        clients.forEach(KubernetesClient::close);
        front.close();
    }
}
