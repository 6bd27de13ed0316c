package dev.dbmigration.e2e;

import dev.dbmigration.e2e.OperatorWatch.Idle;
import dev.dbmigration.e2e.Race.Step;
import dev.dbmigration.testing.Median;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a benchmark has seen, as tables in Markdown. */
final class Figures {

    private static final double MEBIBYTE = 1024 * 1024;

    private final PrintStream out;

    Figures(PrintStream out) {
        this.out = out;
    }

    private void title(String text) {
        print("%n## %s%n%n", text);
    }

    /** The operator at rest, by the number of finished migrations; rates are of a minute. */
    void rest(Map<Integer, Idle> idles, Duration window) {
        double minutes = window.toSeconds() / 60.0;
        title("The operator at rest");
        print(
                "| finished migrations | RSS | working set | requests a minute | for its lease |%n|---|---|---|---|---|%n");
        idles.forEach((count, idle) -> print(
                "| %d | %.0f MiB | %.0f MiB | %.1f | %.1f |%n",
                count,
                idle.rss() / MEBIBYTE,
                idle.workingSet() / MEBIBYTE,
                idle.requests().work().total() / minutes,
                idle.requests().leases().total() / minutes));
    }

    /** Requests for so many migrations, without those that leadership takes. */
    void requests(ApiCounts counts, int migrations) {
        title("Requests of the API server, one migration");
        print("| request | mean of %d |%n|---|---|%n", migrations);
        counts.counts().forEach((request, count) -> print("| %s | %.2f |%n", request, count / migrations));
        print("| all | %.2f |%n", counts.total() / migrations);
    }

    void steps(List<Map<Step, Double>> ours, List<Map<Step, Double>> theirs) {
        title("From apply to applied");
        print("| median of %d | migration | Job | ratio |%n|---|---|---|---|%n", ours.size());
        row("apply to done", ours, theirs, Step.APPLIED, Step.DONE);
        row("apply to Pod", ours, theirs, Step.APPLIED, Step.POD);
        row("Pod to end of container", ours, theirs, Step.POD, Step.ENDED);
        row("end of container to done", ours, theirs, Step.ENDED, Step.DONE);
    }

    private void row(String text, List<Map<Step, Double>> ours, List<Map<Step, Double>> theirs, Step from, Step to) {
        double our = median(ours, from, to);
        double their = median(theirs, from, to);
        // Two watches tell of a container's end and of its Job's, either of them first.
        String ratio = their > 0.02 ? "%.2f".formatted(our / their) : "";
        print("| %s | %.3f s | %.3f s | %s |%n", text, our, their, ratio);
    }

    void burst(int count, double ours, double theirs) {
        title("Many at once");
        print("| %d at once | all done after | a minute |%n|---|---|---|%n", count);
        print("| migrations | %.1f s | %.0f |%n", ours, 60 * count / ours);
        print("| Jobs | %.1f s | %.0f |%n", theirs, 60 * count / theirs);
    }

    private static double median(List<Map<Step, Double>> all, Step from, Step to) {
        return Median.of(all.stream().mapToDouble(one -> one.get(to) - one.get(from)));
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
