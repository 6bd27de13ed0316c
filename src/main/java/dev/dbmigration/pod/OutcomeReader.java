package dev.dbmigration.pod;

import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.pod.PodState.Ended;
import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From an ended Pod back to a value. */
public final class OutcomeReader {

    /** 128 and SIGKILL, by which nobody ends a container but the kernel, or a person. */
    private static final int KILLED = 137;

    private static final String OOM_KILLED = "OOMKilled";
    private static final String DEADLINE_EXCEEDED = "DeadlineExceeded";

    /** Words of containerd and of Docker's kubelet for an entrypoint that could not be executed; there is no log then. */
    private static final Set<String> NOT_STARTED = Set.of("StartError", "ContainerCannotRun");

    /** What runtimes hand on from each other before the last of them says what it met. */
    private static final String RUNTIMES = "(?s)^.*container process( caused)?: ";

    private OutcomeReader() {}

    /** The outcome of a runner, by what it reported; without a report nobody knows what it committed. */
    public static Outcome ofRunner(Ended ended, Optional<Report> report) {
        return report.map(known -> reported(ended, known)).orElseGet(() -> {
            Reason reason = whyWithoutReport(ended);
            return new Outcome(
                    Verdict.UNKNOWN, reason, silent(ended), null, ended.exitCode(), ended.imageID(), List.of());
        });
    }

    /**
     * The outcome of a user's container, by its exit code.
     *
     * @param restartable whether another attempt does no harm
     */
    public static Outcome ofContainer(Ended ended, boolean restartable) {
        if (ended.exitCode() == 0) {
            return container(ended, Verdict.SUCCEEDED, null, "the container exited with code 0");
        }
        if (Ended.EVICTED.equals(ended.podReason())) {
            return restartable
                    ? container(
                            ended,
                            Verdict.UNKNOWN,
                            Reason.PodEvicted,
                            "the Pod was evicted or deleted while the container ran")
                    : container(
                            ended,
                            Verdict.UNKNOWN,
                            Reason.OutcomeUnknown,
                            "the Pod was evicted or deleted while the container ran; see what it did, then ask for a new run");
        }
        if (DEADLINE_EXCEEDED.equals(ended.podReason())) {
            return container(
                    ended,
                    Verdict.FAILED,
                    Reason.DeadlineExceeded,
                    "the container was ended at timeouts.run; see what it did, raise the limit, ask for a new run");
        }
        if (OOM_KILLED.equals(ended.termination())) {
            return container(
                    ended,
                    Verdict.FAILED,
                    Reason.OutOfMemory,
                    "the container was killed for memory (exit code " + ended.exitCode()
                            + "); raise container.resources.limits.memory");
        }
        return container(ended, Verdict.FAILED, Reason.ContainerFailed, failed(ended));
    }

    /** Where the container is out of memory, a runtime may tell the kubelet too late that this was why. */
    private static String failed(Ended ended) {
        if (NOT_STARTED.contains(String.valueOf(ended.termination()))) {
            return "the container could not be started; correct container.entrypoint: "
                    + text(ended.message()).replaceFirst(RUNTIMES, "");
        }
        return "the container exited with code " + ended.exitCode()
                + (ended.termination() == null || "Error".equals(ended.termination())
                        ? ""
                        : " (" + ended.termination() + ": " + text(ended.message()) + ")")
                + (ended.exitCode() == KILLED
                        ? ": it was killed, most often for want of memory; see container.resources.limits.memory"
                        : "; its log says why");
    }

    private static Outcome reported(Ended ended, Report report) {
        Verdict verdict = switch (report.outcome()) {
            case Applied, Passed -> Verdict.SUCCEEDED;
            case Planned -> Verdict.PLANNED;
            case ChecksFailed, Failed -> Verdict.FAILED;
            case CheckError, Unknown -> Verdict.UNKNOWN;
        };
        return new Outcome(
                verdict, reason(ended, report), report.message(), report, ended.exitCode(), ended.imageID(), List.of());
    }

    /** A runner that was told to stop cannot know that its time was over; the Pod does, and no retry cures that. */
    private static Reason reason(Ended ended, Report report) {
        if (report.reason() == Reason.PodEvicted && DEADLINE_EXCEEDED.equals(ended.podReason())) {
            return Reason.DeadlineExceeded;
        }
        return report.reason() == null && report.outcome() == Report.Outcome.Unknown
                ? Reason.OutcomeUnknown
                : report.reason();
    }

    private static Reason whyWithoutReport(Ended ended) {
        if (OOM_KILLED.equals(ended.termination())) {
            return Reason.OutOfMemory;
        }
        if (Ended.EVICTED.equals(ended.podReason())) {
            return Reason.PodEvicted;
        }
        return DEADLINE_EXCEEDED.equals(ended.podReason()) ? Reason.DeadlineExceeded : Reason.OutcomeUnknown;
    }

    private static String silent(Ended ended) {
        return switch (whyWithoutReport(ended)) {
            case OutOfMemory ->
                "the runner was killed for memory before it could report; raise"
                        + " pod.resources.limits.memory and ask for a new run, which asks the ledger what was applied";
            case PodEvicted -> "the Pod was evicted or deleted before the runner could report";
            case DeadlineExceeded -> "the runner was ended at timeouts.run before it could report";
            default ->
                "the runner ended with exit code " + ended.exitCode() + " and without a report"
                        + (ended.termination() == null ? "" : " (" + ended.termination() + ")");
        };
    }

    private static Outcome container(Ended ended, Verdict verdict, Reason reason, String message) {
        return new Outcome(verdict, reason, message, null, ended.exitCode(), ended.imageID(), List.of());
    }

    private static String text(String text) {
        return text == null ? "" : Masking.mask(text.strip());
    }
}
