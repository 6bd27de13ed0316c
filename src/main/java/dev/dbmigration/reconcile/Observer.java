package dev.dbmigration.reconcile;

import dev.dbmigration.api.v1alpha1.ApiGroup;
import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.api.v1alpha1.RunningStatus;
import dev.dbmigration.kube.Cluster;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.Marks;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.OutcomeReader;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.pod.PodState;
import dev.dbmigration.pod.PodState.Ended;
import dev.dbmigration.pod.PodStateReader;
import dev.dbmigration.pod.WorkKind;
import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.ReportLine;
import dev.dbmigration.report.TerminationMessage;
import dev.dbmigration.run.Observation;
import dev.dbmigration.run.RunPolicy;
import dev.dbmigration.run.Wanted;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Gathers what a decision rests on, from the caches where they suffice and from the API server where they do not. */
final class Observer<R extends CustomResource<?, S>, S extends RunningStatus> {

    /** The kubelet tells what it cannot mount in events only, and not at once. */
    static final Duration MOUNT_PATIENCE = Duration.ofSeconds(3);

    private static final int TAIL_LINES = 20;
    private static final int LINE_LENGTH = 256;

    private final Subject<R, S> subject;
    private final Cluster cluster;
    private final Clock clock;
    private final AttemptPods<R> pods;

    Observer(Subject<R, S> subject, Cluster cluster, Clock clock, AttemptPods<R> pods) {
        this.subject = subject;
        this.cluster = cluster;
        this.clock = clock;
        this.pods = pods;
    }

    Observation observe(R resource, Context<R> context) {
        S status = resource.getStatus();
        Owner owner = Owner.of(resource);
        RunStatus run = status == null ? null : status.run();
        Instant now = clock.instant();
        List<Attempt> attempts = attempts(owner, run, context, now);
        String request = request(resource, status);
        Long observed = status == null ? null : status.observedGeneration();
        boolean active = run != null && !run.finished() || unrecorded(run, attempts);
        RunPolicy policy = subject.policy(resource);
        boolean recurs = policy.recurs(run).filter(due -> !now.isBefore(due)).isPresent();
        boolean look = active || recurs || request != null || observed == null || observed != owner.generation();
        return new Observation(
                owner.generation(),
                observed == null ? owner.generation() : observed,
                run,
                request,
                attempts,
                once(() -> subject.wanted(resource, context, look, reusable(run, attempts))),
                pod -> pods.neverStarted(owner.namespace(), pod),
                outcomes(resource, owner, attempts),
                policy,
                now);
    }

    private String request(R resource, S status) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        String value = annotations == null ? null : annotations.get(ApiGroup.RUN_REQUESTED_AT);
        String answered = status == null ? null : status.lastRunRequest();
        return value == null || value.equals(answered) ? null : value;
    }

    private List<Attempt> attempts(Owner owner, RunStatus run, Context<R> context, Instant now) {
        Map<String, Pod> byName = context.getSecondaryResourcesAsStream(Pod.class)
                .filter(owner::controls)
                .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), Function.identity(), (a, b) -> a));
        if (run != null && !run.finished() && run.pod() != null && !byName.containsKey(run.pod())) {
            cluster.pod(owner.namespace(), run.pod())
                    .filter(owner::controls)
                    .ifPresent(pod -> byName.put(run.pod(), pod));
        }
        return byName.values().stream()
                .map(pod -> attempt(pod, now))
                .sorted(Comparator.comparingInt(Attempt::run).thenComparingInt(Attempt::attempt))
                .toList();
    }

    private Attempt attempt(Pod pod, Instant now) {
        Attempt attempt = Attempt.of(pod, PodStateReader.read(pod, now));
        boolean silent = attempt.state() instanceof PodState.Waiting waiting
                && waiting.reason() == null
                && waiting.scheduled()
                && !now.isBefore(attempt.created().plus(MOUNT_PATIENCE));
        if (!silent) {
            return attempt;
        }
        return cluster.failedMount(pod.getMetadata().getNamespace(), attempt.pod(), attempt.uid())
                .map(message -> Attempt.of(
                        pod, new PodState.Waiting(PodStateReader.missing(message), Masking.mask(message), true)))
                .orElse(attempt);
    }

    private static boolean unrecorded(RunStatus run, List<Attempt> attempts) {
        int number = run == null ? 0 : run.number();
        int last = run == null ? 0 : run.attempt();
        return attempts.stream().anyMatch(attempt -> attempt.after(number, last));
    }

    /** What the last attempt of the last run referred to. */
    private static List<String> reusable(RunStatus run, List<Attempt> attempts) {
        return run == null
                ? List.of()
                : attempts.stream()
                        .filter(attempt -> attempt.run() == run.number())
                        .filter(attempt -> attempt.inputsDigest().equals(run.inputsDigest()))
                        .reduce((first, second) -> second)
                        .map(Attempt::snapshots)
                        .orElse(List.of());
    }

    private Function<Ended, Outcome> outcomes(R resource, Owner owner, List<Attempt> attempts) {
        return ended -> {
            Attempt attempt = attempts.stream()
                    .filter(candidate -> candidate.state() == ended)
                    .findFirst()
                    .orElseThrow();
            return attempt.work() == WorkKind.Runner
                    ? OutcomeReader.ofRunner(ended, report(owner.namespace(), attempt.pod(), ended))
                    : ofContainer(subject.container(resource), owner.namespace(), attempt, ended);
        };
    }

    /** The termination message, or the log's last line where that says more. */
    private Optional<Report> report(String namespace, String pod, Ended ended) {
        Optional<Report> brief = Optional.ofNullable(ended.message()).flatMap(TerminationMessage::decode);
        if (brief.isPresent() && brief.get().dropped().isEmpty()) {
            return brief;
        }
        return cluster.logTail(namespace, pod, Marks.CONTAINER, 1).stream()
                .map(ReportLine::decode)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> brief);
    }

    private Outcome ofContainer(Container container, String namespace, Attempt attempt, Ended ended) {
        Outcome outcome = OutcomeReader.ofContainer(ended, attempt.work().restartable());
        boolean shown = container != null && container.logTail();
        return shown ? outcome.withLogTail(tail(namespace, attempt.pod())) : outcome;
    }

    private List<String> tail(String namespace, String pod) {
        List<String> lines = cluster.logTail(namespace, pod, Marks.CONTAINER, 2 * TAIL_LINES).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - TAIL_LINES))
                .map(Masking::mask)
                .map(line -> line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH - 1) + "…")
                .toList();
    }

    private static Supplier<Wanted> once(Supplier<Wanted> supplier) {
        return new Supplier<>() {
            private Wanted wanted;

            @Override
            public Wanted get() {
                if (wanted == null) {
                    wanted = supplier.get();
                }
                return wanted;
            }
        };
    }
}
