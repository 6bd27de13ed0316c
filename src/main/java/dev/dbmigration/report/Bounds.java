package dev.dbmigration.report;

import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.PlannedFile;
import dev.dbmigration.report.Report.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much of a report its carrier takes: entries of each list (a plan has as many as there may be warnings), and characters of each text. */
public record Bounds(int failures, int warnings, int checks, int files, int text) {

    /** What stands in status. */
    public static final Bounds STATUS = new Bounds(20, 20, 20, 10_000, 256);

    /** What a log line can carry. */
    public static final Bounds LOG = new Bounds(1_000, 1_000, 1_000, 10_000, 4_096);

    /** The report within these bounds, checks that did not pass first; lists that lost entries are named in it. */
    public Report apply(Report report) {
        List<String> dropped = new ArrayList<>(report.dropped());
        return new Report(
                report.schemaVersion(),
                report.outcome(),
                report.reason(),
                cut(report.message()),
                report.summary(),
                report.checkSummary(),
                first(failures, "failures", report.failures(), dropped).map(this::cut),
                first(checks, "checks", failedFirst(report.checks()), dropped).map(this::cut),
                first(warnings, "plan", report.plan(), dropped).map(this::cut),
                first(warnings, "warnings", report.warnings(), dropped).map(this::cut),
                first(files, "files", report.files(), dropped).map(this::cut),
                dropped);
    }

    private static List<CheckResult> failedFirst(List<CheckResult> checks) {
        return checks.stream().sorted(Comparator.comparing(CheckResult::rank)).toList();
    }

    private static <T> Kept<T> first(int limit, String name, List<T> list, List<String> dropped) {
        if (list.size() > limit && !dropped.contains(name)) {
            dropped.add(name);
        }
        return new Kept<>(list.subList(0, Math.min(limit, list.size())));
    }

    private Failure cut(Failure f) {
        return new Failure(
                cut(f.file()), f.statement(), f.line(), f.sqlState(), f.reason(), cut(f.message()), cut(f.hint()));
    }

    private CheckResult cut(CheckResult c) {
        return c.withTexts(this::cut);
    }

    private Warning cut(Warning w) {
        return new Warning(
                cut(w.file()),
                w.statement(),
                w.line(),
                cut(w.message()),
                w.reason(),
                cut(w.relation()),
                w.rows(),
                w.bytes(),
                cut(w.hint()));
    }

    private PlannedFile cut(PlannedFile p) {
        return new PlannedFile(cut(p.file()), p.transaction(), p.statements(), cut(p.why()));
    }

    private FileResult cut(FileResult f) {
        return new FileResult(cut(f.file()), cut(f.version()), f.outcome(), f.millis(), f.statements(), f.locks());
    }

    private String cut(String value) {
        if (value == null || value.length() <= text) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(text - 2)) ? text - 2 : text - 1;
        return value.substring(0, end) + "…";
    }

    private record Kept<T>(List<T> entries) {
        List<T> map(java.util.function.UnaryOperator<T> change) {
            return entries.stream().map(change).toList();
        }
    }
}
