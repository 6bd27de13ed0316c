package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.PodState.Ended;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All that a decision rests on.
 *
 * @param generation the spec's
 * @param observedGeneration the one that the status speaks of; 0: none yet
 * @param last the run in the status; null: none yet
 * @param request value of the run annotation that no run has answered yet; null: none
 * @param attempts the Pods that are there, confirmed with the API server where the status names one that was not
 * @param wanted what the spec asks for; looked up at most once and only where it matters
 * @param neverStarted whether the last state seen of a Pod that is gone proves that its container never started
 * @param outcome what an ended container came to
 */
public record Observation(
        long generation,
        long observedGeneration,
        RunStatus last,
        String request,
        List<Attempt> attempts,
        Supplier<Wanted> wanted,
        Function<String, Boolean> neverStarted,
        Function<Ended, Outcome> outcome,
        RunPolicy policy,
        Instant now) {

    /** When the last run is to be followed by one like it; empty: never, as things stand. */
    public Optional<Instant> recurs() {
        return policy.recurs(last);
    }

    /** The newest attempt that the status does not know of yet. */
    Optional<Attempt> unrecorded() {
        int run = last == null ? 0 : last.number();
        int attempt = last == null ? 0 : last.attempt();
        return attempts.stream()
                .filter(candidate -> candidate.after(run, attempt))
                .max(Comparator.comparingInt(Attempt::run).thenComparingInt(Attempt::attempt));
    }

    Optional<Attempt> attempt(String pod) {
        return attempts.stream()
                .filter(candidate -> candidate.pod().equals(pod))
                .findFirst();
    }
}
