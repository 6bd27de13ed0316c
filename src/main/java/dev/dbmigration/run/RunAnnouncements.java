package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Which events follow from a change of a run, whatever kind of resource it belongs to. */
public final class RunAnnouncements {

    private static final String SUSPENDED = "Suspended";
    private static final String PENDING = "Pending";

    /** Phases from which only a person leads on. */
    private static final Set<String> STOPPED = Set.of("Failed", "Unknown");

    /** Outcomes that are no failure, each told by what belongs to its kind. */
    private static final Set<String> GOOD = Set.of(RunStatus.SUCCEEDED, RunStatus.PLANNED);

    private RunAnnouncements() {}

    /**
     * The events, in order.
     *
     * @param oldPhase null: there was no status
     * @param ready the condition after the change, whose reason and message say why it waits or failed
     */
    public static List<Announcement> of(
            String oldPhase, RunStatus oldRun, String newPhase, RunStatus newRun, Condition ready) {
        List<Announcement> news = new ArrayList<>();
        if (SUSPENDED.equals(oldPhase) && !SUSPENDED.equals(newPhase)) {
            news.add(Announcement.normal("Resumed", "spec.suspend holds nothing back any more"));
        }
        if (SUSPENDED.equals(newPhase) && !SUSPENDED.equals(oldPhase)) {
            news.add(Announcement.normal(SUSPENDED, ready.getMessage()));
        }
        if (started(oldPhase, oldRun, newPhase, newRun)) {
            news.add(Announcement.normal(
                    "RunStarted",
                    "run " + newRun.number() + ", attempt " + newRun.attempt() + ", Pod " + newRun.pod()));
        }
        if (blocked(oldPhase, oldRun, newPhase, newRun, ready)) {
            news.add(Announcement.warning("Blocked", newRun.reason() + ": " + newRun.message()));
        }
        if (newRun != null && newRun.nextAttemptTime() != null && !same(oldRun, newRun, RunStatus::nextAttemptTime)) {
            news.add(Announcement.warning(
                    "RetryScheduled",
                    newRun.reason() + ": " + newRun.message() + "; next attempt at " + newRun.nextAttemptTime()));
        }
        if (ended(oldRun, newRun) && !GOOD.contains(newRun.outcome())) {
            news.add(Announcement.warning("RunFailed", newRun.reason() + ": " + newRun.message()));
        } else if (STOPPED.contains(newPhase)
                && !STOPPED.contains(oldPhase == null ? "" : oldPhase)
                && !ended(oldRun, newRun)) {
            news.add(Announcement.warning("RunFailed", ready.getReason() + ": " + ready.getMessage()));
        }
        return news;
    }

    /** The container of an attempt was seen to run, or to have ended, for the first time. */
    private static boolean started(String oldPhase, RunStatus oldRun, String newPhase, RunStatus newRun) {
        if (newRun == null || newRun.pod() == null && newRun.exitCode() == null) {
            return false;
        }
        boolean runs = newRun.imageID() != null || "Running".equals(newPhase);
        boolean before = oldRun != null
                && oldRun.number() == newRun.number()
                && oldRun.attempt() == newRun.attempt()
                && (oldRun.imageID() != null || "Running".equals(oldPhase) || oldRun.finished());
        return runs && !before;
    }

    private static boolean blocked(
            String oldPhase, RunStatus oldRun, String newPhase, RunStatus newRun, Condition ready) {
        // Where another resource comes first, the run is the last one, and its reason is not why the next one waits.
        return PENDING.equals(newPhase)
                && newRun != null
                && !PENDING.equals(ready.getReason())
                && newRun.withdrawing() == null
                && !(PENDING.equals(oldPhase)
                        && same(oldRun, newRun, RunStatus::number)
                        && same(oldRun, newRun, RunStatus::reason));
    }

    private static boolean ended(RunStatus oldRun, RunStatus newRun) {
        return newRun != null
                && newRun.finished()
                && (oldRun == null || oldRun.number() != newRun.number() || !oldRun.finished());
    }

    private static boolean same(RunStatus oldRun, RunStatus newRun, Function<RunStatus, Object> field) {
        return oldRun != null && Objects.equals(field.apply(oldRun), field.apply(newRun));
    }
}
