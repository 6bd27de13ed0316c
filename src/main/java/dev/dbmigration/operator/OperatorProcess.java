package dev.dbmigration.operator;

import dev.dbmigration.migration.DatabaseMigrationReconciler;
import dev.dbmigration.reconcile.Tools;
import dev.dbmigration.verification.MigrationVerificationReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;

/** The operator, wired: in reading order what it is made of. */
public final class OperatorProcess implements AutoCloseable {

    /** Nothing is missed for longer than this, should a watch fail silently. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    /** A reconciliation makes a few short calls and waits for nothing else. */
    private static final int THREADS = 10;

    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final Meters meters = new Meters();
    private final KubernetesClient client;
    private final Operator operator;
    private final Endpoints endpoints;
    private final Runnable leaseLost;
    private volatile boolean closing;

    /**
     * Wires the operator; {@link #start} starts it.
     *
     * @param cluster where the API server is, and as whom it is asked
     * @param leaseLost ends the process: a replica that lost its lease may still believe what its caches say
     */
    public OperatorProcess(Settings settings, Config cluster, Clock clock, Runnable leaseLost) {
        this.leaseLost = leaseLost;
        client = new KubernetesClientBuilder()
                .withConfig(cluster)
                .withKubernetesSerialization(LeanSerialization.create())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("meters", meters.requests()))
                .build();
        operator = new Operator(overrider -> configure(overrider, settings));
        Tools tools = new Tools(client, settings.runner(), clock, meters);
        operator.register(new DatabaseMigrationReconciler(tools), controller -> configure(controller, settings));
        operator.register(new MigrationVerificationReconciler(tools), controller -> configure(controller, settings));
        endpoints = new Endpoints(settings.httpPort(), this::ready, meters::scrape);
    }

    /** Starts the endpoints first, so that a start that hangs can be seen; then the watches, then the work. */
    public void start() {
        endpoints.start();
        operator.start();
    }

    /** Whether the caches are filled and fed; a replica that waits for its turn is ready too. */
    public boolean ready() {
        return operator.getRuntimeInfo().isStarted()
                && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /** The port of health, readiness and metrics. */
    public int httpPort() {
        return endpoints.port();
    }

    @Override
    public void close() {
        closing = true;
        operator.stop();
        endpoints.close();
        client.close();
        meters.close();
    }

    private void configure(ConfigurationServiceOverrider overrider, Settings settings) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(meters)
                .withConcurrentReconciliationThreads(THREADS)
                .withReconciliationTerminationTimeout(SHUTDOWN)
                .withStopOnInformerErrorDuringStartup(true);
        if (settings.leaderElection() != null) {
            overrider.withLeaderElectionConfiguration(leaderElection(settings.leaderElection()));
        }
    }

    private LeaderElectionConfiguration leaderElection(Settings.LeaderElection election) {
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        election.leaseName())
                .withLeaseDuration(election.leaseDuration())
                .withRenewDeadline(election.renewDeadline())
                .withRetryPeriod(election.retryPeriod())
                // The SDK would call System.exit, and wait for ever where a shutdown hook has stopped it.
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stoppedLeading, leader -> {}));
        if (election.namespace() != null) {
            builder.withLeaseNamespace(election.namespace());
        }
        if (election.identity() != null) {
            builder.withIdentity(election.identity());
        }
        return builder.build();
    }

    private void stoppedLeading() {
        if (!closing) {
            leaseLost.run();
        }
    }

    private static <R extends HasMetadata> void configure(
            ControllerConfigurationOverrider<R> controller, Settings settings) {
        controller
                // Annotations ask for runs, and they do not move the generation: the filter below lets both through.
                .withGenerationAware(false)
                .withOnUpdateFilter(Changes::matter)
                .withReconciliationMaxInterval(LOOK_AGAIN)
                .withRetry(new GenericRetry()
                        .setInitialInterval(1000)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(60_000)
                        .withoutMaxAttempts());
        if (!settings.namespaces().isEmpty()) {
            controller.settingNamespaces(settings.namespaces());
        }
    }
}
