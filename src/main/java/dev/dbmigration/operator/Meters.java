package dev.dbmigration.operator;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.Summary;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.reconcile.RunMetrics;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What Prometheus scrapes: the contract's series, beside the SDK's and the JVM's own. */
final class Meters implements Metrics, RunMetrics, AutoCloseable {

    private static final List<String> OUTCOMES =
            List.of(RunStatus.SUCCEEDED, RunStatus.PLANNED, RunStatus.FAILED, RunStatus.UNKNOWN);

    /** The reason of the event that tells of it. */
    private static final String DRIFT = "DriftDetected";

    private final PrometheusMeterRegistry registry = legible(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    private final Metrics sdk = MicrometerMetrics.withoutPerResourceMetrics(registry);
    private final ResourceSeries series = new ResourceSeries(registry);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private final ApiRequests requests = new ApiRequests(registry);

    Meters() {
        OUTCOMES.forEach(this::duration);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private static PrometheusMeterRegistry legible(PrometheusMeterRegistry registry) {
        registry.config().meterFilter(new Legible());
        return registry;
    }

    String scrape() {
        return registry.scrape();
    }

    /** Counts the requests of a client that it is built into. */
    Interceptor requests() {
        return requests;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    // --- runs ----------------------------------------------------------------------------------------------------

    @Override
    public void observe(HasMetadata resource) {
        if (resource instanceof DatabaseMigration migration && migration.getStatus() != null) {
            conditions(resource, migration.getStatus().conditions());
            files(migration);
        }
        if (resource instanceof MigrationVerification verification && verification.getStatus() != null) {
            conditions(resource, verification.getStatus().conditions());
            checks(verification);
            drifts(verification);
        }
    }

    @Override
    public void ended(HasMetadata resource, RunStatus run) {
        String reason = run.reason() == null ? "" : run.reason();
        series.counter(resource, Family.RUNS, Tags.of("outcome", run.outcome(), "reason", reason))
                .increment();
        Duration duration = Duration.between(Instant.parse(run.startTime()), Instant.parse(run.finishTime()));
        duration(run.outcome()).record(duration);
    }

    @Override
    public void announced(HasMetadata resource, String reason) {
        if (reason.equals(DRIFT)) {
            drifts(resource).increment();
        }
    }

    /** There from the first look at a verification, since an increase needs a series that was 0 once. */
    private Counter drifts(HasMetadata verification) {
        return series.counter(verification, Family.DRIFTS, Tags.empty());
    }

    /** The timer of an outcome, there from the start: rates need a series that was 0 once. */
    private Timer duration(String outcome) {
        return Timer.builder(Family.RUN_DURATION.meter)
                .description(Family.RUN_DURATION.help)
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(100))
                .maximumExpectedValue(Duration.ofHours(6))
                .register(registry);
    }

    private void conditions(HasMetadata resource, List<Condition> conditions) {
        for (String type : List.of("Applied", "Verified", "Finished", "Ready", "Reconciling", "Stalled")) {
            boolean known = conditions.stream()
                    .anyMatch(condition -> condition.getType().equals(type));
            boolean holds = conditions.stream()
                    .anyMatch(condition -> condition.getType().equals(type) && "True".equals(condition.getStatus()));
            boolean absentMeansFalse = type.equals("Reconciling") || type.equals("Stalled");
            if (known || absentMeansFalse) {
                series.set(resource, Family.STATUS, Tags.of("condition", type), holds ? 1 : 0);
            }
        }
    }

    private void files(DatabaseMigration migration) {
        Summary summary = migration.getStatus().summary();
        if (summary != null) {
            Map.of(
                            "applied", summary.applied(),
                            "already_applied", summary.alreadyApplied(),
                            "skipped", summary.skipped(),
                            "baseline", summary.baseline(),
                            "failed", summary.failed(),
                            "pending", summary.pending())
                    .forEach((outcome, count) ->
                            series.set(migration, Family.FILES, Tags.of("outcome", outcome), count));
        }
        RunStatus run = migration.getStatus().run();
        if (run != null && RunStatus.SUCCEEDED.equals(run.outcome())) {
            series.set(migration, Family.LAST_SUCCESS, Tags.empty(), epoch(run.finishTime()));
        }
    }

    private void checks(MigrationVerification verification) {
        MigrationVerificationStatus.Summary summary = verification.getStatus().summary();
        if (summary != null) {
            Map.of(
                            "Passed", summary.passed(),
                            "Failed", summary.failed(),
                            "Error", summary.errors(),
                            "Warning", summary.warnings())
                    .forEach((result, count) ->
                            series.set(verification, Family.CHECKS, Tags.of("result", result), count));
        }
        if (verification.getStatus().lastVerifiedTime() != null) {
            series.set(
                    verification,
                    Family.LAST_VERIFICATION,
                    Tags.empty(),
                    epoch(verification.getStatus().lastVerifiedTime()));
        }
    }

    private static long epoch(String time) {
        return Instant.parse(time).getEpochSecond();
    }

    // --- the SDK's own -------------------------------------------------------------------------------------------

    @Override
    public void cleanupDoneFor(ResourceID resource, Map<String, Object> metadata) {
        if (metadata.get(Constants.RESOURCE_GVK_KEY) instanceof GroupVersionKind kind) {
            series.remove(kind.getKind(), resource.getNamespace().orElse(""), resource.getName());
        }
        sdk.cleanupDoneFor(resource, metadata);
    }

    @Override
    public void controllerRegistered(Controller<? extends HasMetadata> controller) {
        sdk.controllerRegistered(controller);
    }

    @Override
    public void receivedEvent(Event event, Map<String, Object> metadata) {
        sdk.receivedEvent(event, metadata);
    }

    @Override
    public void reconcileCustomResource(HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
        sdk.reconcileCustomResource(resource, retry, metadata);
    }

    @Override
    public void failedReconciliation(HasMetadata resource, Exception exception, Map<String, Object> metadata) {
        sdk.failedReconciliation(resource, exception, metadata);
    }

    @Override
    public void reconciliationExecutionStarted(HasMetadata resource, Map<String, Object> metadata) {
        sdk.reconciliationExecutionStarted(resource, metadata);
    }

    @Override
    public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
        sdk.reconciliationExecutionFinished(resource, metadata);
    }

    @Override
    public void finishedReconciliation(HasMetadata resource, Map<String, Object> metadata) {
        sdk.finishedReconciliation(resource, metadata);
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        return sdk.timeControllerExecution(execution);
    }

    @Override
    public <T extends Map<?, ?>> T monitorSizeOf(T map, String name) {
        return sdk.monitorSizeOf(map, name);
    }
}
