package dev.dbmigration.runner.verify;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.runner.verify.finding.Words;
import java.util.List;
import java.util.stream.Collectors;

/** What the results of all checks come to, with a sentence for people. */
final class Verdict {

    /** So many checks are explained in the sentence, the others counted. */
    private static final int EXPLAINED = 3;

    private Verdict() {}

    /** Failed wins over Error: what is known to be wrong is not made uncertain by what is not known. */
    static Report of(List<Judged> judged) {
        if (judged.isEmpty()) {
            // To pass without having looked would be a lie.
            return report(Outcome.Failed, Reason.InvalidSpec, "there are no checks to run", judged);
        }
        List<Judged> failed = only(Result.Failed, judged);
        List<Judged> errors = only(Result.Error, judged);
        if (!failed.isEmpty()) {
            String unknown = errors.isEmpty() ? "" : "; " + errors.size() + " could not be run";
            return report(Outcome.ChecksFailed, null, summary(failed, judged, "failed") + unknown, judged);
        }
        return errors.isEmpty()
                ? report(Outcome.Passed, null, Words.count(judged.size(), "check") + " passed", judged)
                : report(Outcome.CheckError, null, summary(errors, judged, "could not be run"), judged);
    }

    static Report lost(Reason reason, String why, List<Judged> judged) {
        String message =
                "the connection was lost after " + Words.count(judged.size(), "check") + ": " + Words.bounded(why);
        return report(Outcome.Failed, reason, message, judged);
    }

    static Report stopped(List<Judged> judged) {
        String message = "the pod was told to stop after " + Words.count(judged.size(), "check");
        return report(Outcome.Failed, Reason.PodEvicted, message, judged);
    }

    private static String summary(List<Judged> some, List<Judged> all, String what) {
        String explained = some.stream().limit(EXPLAINED).map(Judged::sentence).collect(Collectors.joining("; "));
        String more = some.size() > EXPLAINED ? "; and " + (some.size() - EXPLAINED) + " more" : "";
        return some.size() + " of " + Words.count(all.size(), "check") + " " + what + ": " + explained + more;
    }

    private static List<Judged> only(Result result, List<Judged> judged) {
        return judged.stream().filter(one -> one.is(result)).toList();
    }

    private static Report report(Outcome outcome, Reason reason, String message, List<Judged> judged) {
        return new Report(
                Report.SCHEMA_VERSION,
                outcome,
                reason,
                message,
                null,
                List.of(),
                judged.stream().map(Judged::result).toList(),
                List.of(),
                List.of(),
                List.of());
    }
}
