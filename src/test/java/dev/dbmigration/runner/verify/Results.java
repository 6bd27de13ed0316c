package dev.dbmigration.runner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;

/** What a result should say, all of it. */
final class Results {

    private Results() {}

    static void passed(CheckResult result, String both) {
        passed(result, both, both);
    }

    static void passed(CheckResult result, String expected, String observed) {
        is(result, Result.Passed, expected, observed);
    }

    static void failed(CheckResult result, String expected, String observed) {
        is(result, Result.Failed, expected, observed);
    }

    static void error(CheckResult result, String expected, String observed) {
        is(result, Result.Error, expected, observed);
    }

    private static void is(CheckResult result, Result wanted, String expected, String observed) {
        assertThat(result)
                .extracting(CheckResult::result, CheckResult::expected, CheckResult::observed)
                .containsExactly(wanted, expected, observed);
    }
}
