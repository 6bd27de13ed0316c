package dev.dbmigration.runner.results;

import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Rank;
import dev.dbmigration.report.Report.CheckSummary;
import java.util.List;
import java.util.stream.Collectors;

/** A line for each check, and one for all. */
final class TextResults {

    private TextResults() {}

    static String of(CheckSummary counts, List<CheckResult> checks) {
        return checks.stream().map(TextResults::line).collect(Collectors.joining("\n")) + "\n" + words(counts);
    }

    private static String line(CheckResult check) {
        String warning = check.rank() == Rank.WARNING ? " (warning)" : "";
        return check.name() + ": " + check.result() + warning + ", expected " + check.expected() + ", observed "
                + check.observed() + ", " + check.millis() + " ms";
    }

    private static String words(CheckSummary counts) {
        return counts.total() + " checks: " + counts.passed() + " passed, " + counts.failed() + " failed, "
                + counts.errors() + " could not be run, " + counts.warnings() + " warnings";
    }
}
