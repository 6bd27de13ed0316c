package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.PodSettings;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.AttemptTemplate;
import dev.dbmigration.pod.ContainerWork;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.pod.PodState;
import dev.dbmigration.pod.WorkKind;
import dev.dbmigration.report.Reason;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is observed of a resource, said in words. It is of generation 1, and its spec asks for the digest {@code a}. */
final class Situation {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** {@code timeouts.start}. */
    static final Duration START = Duration.ofMinutes(10);

    private static final DatabaseMigrationSpec SPEC =
            Serialization.unmarshal("""
                    apiVersion: dbmigration.dev/v1alpha1
                    kind: DatabaseMigration
                    spec:
                      database: {host: db, name: ehr, secretRef: {name: ehr-db}}
                      container: {image: app, entrypoint: [migrate]}
                    """, DatabaseMigration.class).getSpec();

    private final boolean recordFirst;
    private boolean restartable;
    private boolean suspended;
    private Recurrence recurrence = Recurrence.NEVER;
    private int limit = 3;
    private long generation = 1;
    private RunStatus last;
    private String request;
    private final List<Attempt> attempts = new ArrayList<>();
    private Wanted wanted;
    private final Set<String> proven = new HashSet<>();
    private Outcome outcome;

    private Situation(boolean recordFirst, boolean restartable) {
        this.recordFirst = recordFirst;
        this.restartable = restartable;
        this.wanted = new Wanted.Ready(template("a"));
    }

    static Situation sql() {
        return new Situation(false, true);
    }

    static Situation container() {
        return new Situation(true, false);
    }

    Situation restartable() {
        restartable = true;
        return this;
    }

    /** Runs again so long after its start. */
    Situation every(String interval) {
        recurrence = Recurrence.every(interval);
        return this;
    }

    Situation suspended() {
        suspended = true;
        return this;
    }

    Situation limit(int retries) {
        limit = retries;
        return this;
    }

    /** The spec was changed since the status was written. */
    Situation edited() {
        generation = 2;
        return this;
    }

    Situation last(RunStatus run) {
        last = run;
        return this;
    }

    RunStatus last() {
        return last;
    }

    Situation requested(String value) {
        request = value;
        return this;
    }

    Situation wanted(Wanted now) {
        wanted = now;
        return this;
    }

    Situation wants(String digest) {
        return wanted(new Wanted.Ready(template(digest)));
    }

    Situation missing() {
        return wanted(new Wanted.Missing(Reason.SourceNotFound, "ConfigMap files does not exist"));
    }

    Situation invalid() {
        return wanted(new Wanted.Invalid(Reason.InvalidSpec, "spec: set exactly one of sql and container"));
    }

    Situation blocked() {
        return wanted(new Wanted.Blocked("DatabaseMigration first is not applied"));
    }

    Situation with(Attempt attempt) {
        attempts.add(attempt);
        return this;
    }

    /** The last state seen of a Pod that is gone proves that its container never started. */
    Situation proven(String pod) {
        proven.add(pod);
        return this;
    }

    Situation outcome(Outcome of) {
        outcome = of;
        return this;
    }

    private WorkKind work() {
        return !recordFirst ? WorkKind.Runner : restartable ? WorkKind.RestartableContainer : WorkKind.Container;
    }

    Observation observation() {
        return new Observation(
                generation,
                1,
                last,
                request,
                attempts.stream()
                        .map(attempt -> Attempts.working(attempt, work()))
                        .toList(),
                () -> wanted,
                proven::contains,
                ended -> outcome,
                new RunPolicy(
                        suspended,
                        recordFirst,
                        restartable,
                        START,
                        limit,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        recurrence),
                NOW);
    }

    // --- what stands in it -----------------------------------------------------------------------------------------

    static AttemptTemplate template(String digest) {
        return template(digest, Map.of());
    }

    /** Labels change the Pod and not what is run. */
    static AttemptTemplate template(String digest, Map<String, String> labels) {
        Owner owner = new Owner("dbmigration.dev/v1alpha1", "DatabaseMigration", "ehr", "drafts", "7b1f", 1);
        PodSettings settings =
                new PodSettings(null, null, null, null, null, null, null, null, null, null, labels, null);
        return new AttemptTemplate(owner, digest, ContainerWork.of(SPEC), settings);
    }

    static String pod(int run, int attempt) {
        return template("a").owner().podName(run, attempt);
    }

    /** A run decided so long ago. */
    static RunStatus.Builder run(int number, Duration age) {
        return RunStatus.begin(number, NOW.minus(age).toString());
    }

    /** The same with an attempt that has a Pod. */
    static RunStatus.Builder tried(int number, Duration age) {
        return run(number, age).attempt(1, pod(number, 1)).inputsDigest("a");
    }

    static RunStatus ended(int number, String outcome) {
        return tried(number, Duration.ofHours(1))
                .outcome(outcome)
                .because("Succeeded".equals(outcome) ? null : "SyntaxError", null)
                .finished(NOW.minusSeconds(60).toString(), "1m")
                .build();
    }

    /** The Pod of the run's first attempt, made from the spec of generation 1 when the run was decided. */
    static Attempt attempt(RunStatus run, PodState state) {
        Instant decided = Instant.parse(run.startTime());
        return attempt(run.number(), run.attempt(), decided, state);
    }

    static Attempt attempt(int run, int number, Instant created, PodState state) {
        return new Attempt(
                pod(run, number),
                "uid",
                "7",
                run,
                number,
                1,
                "a",
                template("a").digest(),
                created.toString(),
                null,
                List.of(),
                WorkKind.Runner,
                created,
                false,
                null,
                null,
                state);
    }
}
