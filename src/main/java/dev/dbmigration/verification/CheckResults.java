package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.CheckStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.Summary;
import dev.dbmigration.pod.GoDuration;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckSummary;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** What a status says of the checks of a run. */
record CheckResults(String progress, Summary summary, List<CheckStatus> checks, String message) {

    private static final int MOST = 20;

    /** Nothing is known of a run that goes on. */
    static final CheckResults NONE = new CheckResults(null, null, List.of(), "");

    /** What the runner reported; null: nothing, since it was a container. */
    static CheckResults of(Report report) {
        if (report == null) {
            return new CheckResults(null, null, List.of(), "the container exited with code 0");
        }
        CheckSummary counts = report.checkSummary() == null ? new CheckSummary(0, 0, 0, 0, 0) : report.checkSummary();
        List<CheckStatus> checks = report.checks().stream()
                .sorted(Comparator.comparing(CheckResult::rank))
                .limit(MOST)
                .map(CheckResults::status)
                .toList();
        Summary summary =
                new Summary(counts.total(), counts.passed(), counts.failed(), counts.errors(), counts.warnings());
        return new CheckResults(counts.passed() + "/" + counts.total(), summary, checks, report.message());
    }

    private static CheckStatus status(CheckResult check) {
        return new CheckStatus(
                check.name(),
                check.result().name(),
                check.severity() == null ? null : check.severity().name(),
                check.expected(),
                check.observed(),
                GoDuration.format(Duration.ofMillis(check.millis())));
    }
}
