package dev.dbmigration.report;

import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.Report.FileResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Ever smaller versions of a report, least important first; each names what it has lost. */
final class Reduction {

    private static final List<UnaryOperator<Report>> STEPS = List.of(
            Reduction::withoutStatements,
            Reduction::withoutFiles,
            Reduction::withoutPassedDetails,
            report -> bounded(report, new Bounds(20, 5, 20, 0, 256)),
            report -> bounded(report, new Bounds(20, 0, 20, 0, 256)),
            report -> bounded(report, new Bounds(10, 0, 10, 0, 160)),
            report -> bounded(report, new Bounds(3, 0, 3, 0, 160)),
            report -> bounded(report, new Bounds(1, 0, 1, 0, 100)),
            report -> bounded(report, new Bounds(0, 0, 0, 0, 100)),
            report -> bounded(report, new Bounds(0, 0, 0, 0, 32)));

    private Reduction() {}

    /** To be applied one after the other, each to what the one before left. */
    static List<UnaryOperator<Report>> steps() {
        return STEPS;
    }

    private static Report withoutStatements(Report report) {
        List<FileResult> files = report.files().stream()
                .map(f -> new FileResult(f.file(), f.version(), f.outcome(), f.millis(), List.of()))
                .toList();
        boolean lost = report.files().stream()
                .anyMatch(
                        file -> file.statements() != null && !file.statements().isEmpty());
        return with(report, report.checks(), files, lost ? "statements" : null);
    }

    private static Report withoutFiles(Report report) {
        return with(report, report.checks(), List.of(), report.files().isEmpty() ? null : "files");
    }

    private static Report withoutPassedDetails(Report report) {
        List<CheckResult> checks =
                report.checks().stream().map(Reduction::brief).toList();
        return with(report, checks, report.files(), checks.equals(report.checks()) ? null : "checks");
    }

    private static CheckResult brief(CheckResult check) {
        return check.result() == Result.Passed ? check.brief() : check;
    }

    private static Report bounded(Report report, Bounds bounds) {
        return bounds.apply(report);
    }

    private static Report with(Report r, List<CheckResult> checks, List<FileResult> files, String lost) {
        List<String> dropped = new ArrayList<>(r.dropped());
        if (lost != null && !dropped.contains(lost)) {
            dropped.add(lost);
        }
        return new Report(
                r.schemaVersion(),
                r.outcome(),
                r.reason(),
                r.message(),
                r.summary(),
                r.checkSummary(),
                r.failures(),
                checks,
                r.plan(),
                r.warnings(),
                files,
                dropped);
    }
}
