package dev.dbmigration.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.pod.Outcome;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Summary;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentence of a run that was applied. */
class RunResultTest {

    @ParameterizedTest
    @CsvSource({
        "1, , '4 files: 1 applied, 2 applied before, 1 in the baseline'",
        "1, 1, '4 files: 1 applied, 2 applied before, 1 in the baseline; database is 1 file ahead'",
        "0, 3, '3 files: 0 applied, 2 applied before, 1 in the baseline; database is 3 files ahead'"
    })
    void saysHowFarTheDatabaseIs(int applied, Integer ahead, String sentence) {
        Summary summary = new Summary(applied + 3, applied, 2, 0, 1, 0, 0, ahead);
        Report report = new Report(
                Report.SCHEMA_VERSION, Report.Outcome.Applied, null, "words", summary, null, null, null, null, null);

        RunResult result =
                RunResult.of(new Outcome(Outcome.Verdict.SUCCEEDED, null, "words", report, 0, null, List.of()));

        assertThat(result.sentence()).isEqualTo(sentence);
    }
}
