package dev.dbmigration.pod;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import java.util.List;

/**
 * What an ended attempt came to.
 *
 * @param reason null where it succeeded or planned, or where checks ran and spoke for themselves
 * @param message a sentence for people
 * @param report what the runner reported; null: none, or not a runner
 * @param exitCode null: not seen
 * @param logTail last log lines, masked; empty: none
 */
public record Outcome(
        Verdict verdict,
        Reason reason,
        String message,
        Report report,
        Integer exitCode,
        String imageID,
        List<String> logTail) {

    /** How sure one can be of what the attempt did. */
    public enum Verdict {
        /** It did all that was asked. */
        SUCCEEDED,
        /** It did all that was asked, which was to look and to change nothing. */
        PLANNED,
        /** It did not, and that is certain. */
        FAILED,
        /** Nobody knows how far it came. */
        UNKNOWN
    }

    /** An outcome that nobody reported. */
    public static Outcome unreported(Verdict verdict, Reason reason, String message) {
        return new Outcome(verdict, reason, message, null, null, null, List.of());
    }

    /** The word for it in a status: the reason, or what checks came to. */
    public String word() {
        if (reason != null) {
            return reason.name();
        }
        return report == null
                ? verdict == Verdict.SUCCEEDED ? "Succeeded" : "OutcomeUnknown"
                : report.outcome().name();
    }

    public Outcome withLogTail(List<String> lines) {
        return new Outcome(verdict, reason, message, report, exitCode, imageID, lines);
    }
}
