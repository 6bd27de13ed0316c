package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.PlannedFile;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.runner.fault.Sentence;
import dev.dbmigration.runner.script.MigrationFile;
import java.util.ArrayList;
import java.util.List;

/** Adds up what has become of each file, and makes the report of it at any time: files not spoken of are pending. */
final class Tally {

    private final List<MigrationFile> files;
    private final List<FileResult> results = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private int ahead;

    Tally(List<MigrationFile> files) {
        this.files = files;
    }

    /** Of what was seen before any file ran, or concerns none. */
    void warn(List<Warning> beforehand) {
        warnings.addAll(beforehand);
    }

    /** So many versions stand in the ledger behind the last of the files. */
    void ahead(int versions) {
        ahead = versions;
    }

    void add(FileResult result, List<Warning> itsWarnings) {
        results.add(result);
        warnings.addAll(itsWarnings);
    }

    Report succeeded() {
        String further = ahead == 0 ? "" : "; database is " + files(ahead) + " ahead";
        return report(Outcome.Applied, null, success() + further, List.of());
    }

    /** Every file has been looked at, and none was run: {@code plan} are those that would be. */
    Report planned(List<PlannedFile> plan) {
        int already = count(results, FileOutcome.AlreadyApplied);
        String others = already == 0 ? "" : ", " + already + " already " + (already == 1 ? "is" : "are");
        String message = plan.isEmpty()
                ? "nothing to do: " + files(already) + " applied already"
                : "a plan, nothing was run: " + files(plan.size()) + " would be applied" + others
                        + (warnings.isEmpty() ? "" : "; " + warnings.size() + " to be warned of, see status.warnings")
                        + "; set spec.sql.mode to Apply to run them";
        return report(Outcome.Planned, null, message, List.of()).withPlan(plan);
    }

    Report failed(List<Failure> failures) {
        Failure first = failures.get(0);
        return report(Outcome.Failed, first.reason(), Sentence.of(first), failures);
    }

    Report unknown(Failure failure) {
        String message = Sentence.of(failure) + "; whether it was kept, only the ledger knows";
        return report(Outcome.Unknown, failure.reason(), message, List.of(failure));
    }

    private Report report(Outcome outcome, Reason reason, String message, List<Failure> failures) {
        List<FileResult> all = new ArrayList<>(results);
        for (MigrationFile file : files.subList(results.size(), files.size())) {
            all.add(result(file, FileOutcome.Pending));
        }
        return new Report(
                Report.SCHEMA_VERSION, outcome, reason, message, summary(all), failures, null, warnings, all, null);
    }

    static FileResult result(MigrationFile file, FileOutcome outcome) {
        return new FileResult(file.name(), file.version().text(), outcome, 0, List.of());
    }

    private String success() {
        long done = count(results, FileOutcome.Applied) + count(results, FileOutcome.Skipped);
        int already = count(results, FileOutcome.AlreadyApplied);
        int held = count(results, FileOutcome.Baseline);
        String baseline = held == 0 ? "" : ", " + held + " in the baseline";
        if (done == 0) {
            return "nothing to do: %s applied already".formatted(files(already)) + baseline;
        }
        return files((int) done) + " applied" + (already == 0 ? "" : ", " + already + " were already") + baseline;
    }

    private static String files(int count) {
        return count == 1 ? "1 file" : count + " files";
    }

    private Summary summary(List<FileResult> all) {
        return new Summary(
                all.size(),
                count(all, FileOutcome.Applied),
                count(all, FileOutcome.AlreadyApplied),
                count(all, FileOutcome.Skipped),
                count(all, FileOutcome.Baseline),
                count(all, FileOutcome.Failed),
                count(all, FileOutcome.Pending),
                ahead == 0 ? null : ahead);
    }

    private static int count(List<FileResult> results, FileOutcome outcome) {
        return (int) results.stream().filter(r -> r.outcome() == outcome).count();
    }
}
