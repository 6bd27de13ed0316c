package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.Failure;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.PlannedFile;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.Summary;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.Warning;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.report.Report;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What a status says of the files of a run, and a sentence about it. */
record RunResult(
        String progress,
        Summary summary,
        List<Failure> failures,
        List<Warning> warnings,
        List<PlannedFile> plan,
        String sentence) {

    private static final int MOST = 20;

    /** Nothing is known of a run that goes on. */
    static final RunResult NONE = new RunResult(null, null, List.of(), List.of(), List.of(), "");

    /** What the status said already. */
    static RunResult of(DatabaseMigrationStatus status) {
        String sentence = Conditions.find(status.conditions(), "Applied")
                .filter(applied -> Conditions.TRUE.equals(applied.getStatus()))
                .map(Condition::getMessage)
                .orElseGet(() -> sentence(status.summary(), "the last run was applied"));
        return new RunResult(
                status.progress(), status.summary(), status.failures(), status.warnings(), status.plan(), sentence);
    }

    /** What an attempt reported. */
    static RunResult of(Outcome outcome) {
        Report report = outcome.report();
        if (report == null) {
            return new RunResult(null, null, List.of(), List.of(), List.of(), outcome.message());
        }
        Summary summary = summary(report.summary());
        return new RunResult(
                summary == null ? null : inLedger(summary) + "/" + summary.total(),
                summary,
                report.failures().stream().limit(MOST).map(RunResult::failure).toList(),
                report.warnings().stream().limit(MOST).map(RunResult::warning).toList(),
                report.plan().stream().limit(MOST).map(RunResult::planned).toList(),
                sentence(summary, outcome.message()) + ahead(report.summary()));
    }

    private static int inLedger(Summary summary) {
        return summary.applied() + summary.alreadyApplied() + summary.skipped() + summary.baseline();
    }

    private static String sentence(Summary summary, String otherwise) {
        if (summary == null) {
            return otherwise == null ? "" : otherwise;
        }
        StringBuilder text = new StringBuilder(summary.total() == 1 ? "1 file: " : summary.total() + " files: ");
        text.append(summary.applied()).append(" applied");
        append(text, summary.alreadyApplied(), " applied before");
        append(text, summary.skipped(), " skipped");
        append(text, summary.baseline(), " in the baseline");
        append(text, summary.failed(), " failed");
        append(text, summary.pending(), " pending");
        return text.toString();
    }

    private static String ahead(Report.Summary summary) {
        if (summary == null || summary.ahead() == null) {
            return "";
        }
        return "; database is " + (summary.ahead() == 1 ? "1 file" : summary.ahead() + " files") + " ahead";
    }

    private static void append(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(what);
        }
    }

    private static Summary summary(Report.Summary summary) {
        return summary == null
                ? null
                : new Summary(
                        summary.total(),
                        summary.applied(),
                        summary.alreadyApplied(),
                        summary.skipped(),
                        summary.baseline(),
                        summary.failed(),
                        summary.pending());
    }

    private static Failure failure(Report.Failure failure) {
        return new Failure(
                failure.file(),
                positive(failure.statement()),
                positive(failure.line()),
                failure.sqlState(),
                failure.reason() == null ? null : failure.reason().name(),
                failure.message(),
                failure.hint());
    }

    private static Warning warning(Report.Warning warning) {
        return new Warning(
                warning.file(),
                positive(warning.statement()),
                positive(warning.line()),
                warning.message(),
                warning.reason(),
                warning.relation(),
                warning.rows(),
                warning.bytes(),
                warning.hint());
    }

    private static PlannedFile planned(Report.PlannedFile file) {
        return new PlannedFile(file.file(), file.transaction().name(), file.statements(), file.why());
    }

    private static Integer positive(int number) {
        return number > 0 ? number : null;
    }
}
