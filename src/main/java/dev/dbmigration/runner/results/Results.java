package dev.dbmigration.runner.results;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.RunInput.ReportFormat;
import java.util.Comparator;
import java.util.List;

/** The results of all checks of a run in one of the formats that a verification may ask for. */
public final class Results {

    private Results() {}

    /**
     * The whole text, which may have several lines; those that did not pass come first. Empty: no check was made.
     *
     * @param subject what was verified, such as {@code ehr/notes}
     */
    public static String of(Report report, ReportFormat format, String subject) {
        List<CheckResult> checks = report.checks().stream()
                .sorted(Comparator.comparing(CheckResult::rank))
                .toList();
        if (checks.isEmpty()) {
            return "";
        }
        return switch (format) {
            case Text -> TextResults.of(report.checkSummary(), checks);
            case JSON -> JsonResults.of(report, checks, subject);
            case JUnit -> JUnitResults.of(report.checkSummary(), checks, subject);
        };
    }
}
