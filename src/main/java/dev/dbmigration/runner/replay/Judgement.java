package dev.dbmigration.runner.replay;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.schema.Comparison;
import dev.dbmigration.runner.schema.Difference;
import dev.dbmigration.runner.schema.Ignored;
import dev.dbmigration.runner.verify.SchemaComparison.Compared;
import java.util.List;
import java.util.stream.Stream;

/** Tells each difference in the log, with both definitions, and all of them in a sentence. */
final class Judgement {

    private static final String EXPECTED = "the schema that the files make";

    private final Comparison comparison;
    private final List<Skipped> skipped;
    private final Ignored ignored;
    private final RunLog log;

    Judgement(Comparison comparison, List<Skipped> skipped, List<String> ignored, RunLog log) {
        this.comparison = comparison;
        this.skipped = skipped;
        this.ignored = new Ignored(ignored);
        this.log = log;
    }

    /**
     * What came of it.
     *
     * @throws RunFailed where nothing differs, but something could not be looked at
     */
    Compared compared() {
        List<Difference> all = comparison.differences();
        List<Difference> differences =
                all.stream().filter(each -> !ignored.matches(each.label())).toList();
        List<Skipped> told =
                skipped.stream().filter(each -> !ignored.matches(each.label())).toList();
        differences.forEach(each -> log.quoted(each.full()));
        told.forEach(each -> log.quoted(each.words()));
        comparison
                .otherOrders()
                .forEach(table -> log.quoted(
                        "warning: the columns of " + table + " come in another order than the files make them"));
        List<String> wrong = Stream.concat(
                        told.stream().filter(Skipped::differs).map(Skipped::words),
                        differences.stream().map(Difference::brief))
                .toList();
        List<String> unknown = told.stream()
                .filter(each -> each.unknown() != null)
                .map(Skipped::words)
                .toList();
        int left = all.size() - differences.size() + skipped.size() - told.size();
        return sentence(wrong, unknown, left == 0 ? "" : ", " + left + " ignored");
    }

    private Compared sentence(List<String> wrong, List<String> unknown, String left) {
        if (!wrong.isEmpty()) {
            String count = wrong.size() + (wrong.size() == 1 ? " difference" : " differences");
            return new Compared(false, EXPECTED, count + left + ": " + String.join("; ", wrong));
        }
        if (!unknown.isEmpty()) {
            throw RunFailed.because(
                    Reason.UnsupportedFeature,
                    String.join("; ", unknown),
                    "look whether it differs, then leave it out by expectedSchema.ignore, such as \"statement FILE *\"");
        }
        return new Compared(true, EXPECTED, comparison.size() + " objects as the files make them" + left);
    }
}
