package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.pod.PodState.Ended;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeReaderTest {

    private static Ended ended(int code, String termination, String podReason) {
        return new Ended(code, termination, podReason, null, "app@sha256:1", Instant.EPOCH);
    }

    private static Report report(Report.Outcome outcome, Reason reason) {
        return new Report(1, outcome, reason, "words", null, null, null, null, null, null);
    }

    private static Outcome ofRunner(Ended ended, Report report) {
        return OutcomeReader.ofRunner(ended, Optional.ofNullable(report));
    }

    // --- a runner --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "Applied, , SUCCEEDED, Applied",
        "Passed, , SUCCEEDED, Passed",
        "ChecksFailed, , FAILED, ChecksFailed",
        "CheckError, , UNKNOWN, CheckError",
        "CheckError, ConnectionFailed, UNKNOWN, ConnectionFailed",
        "Failed, UndefinedObject, FAILED, UndefinedObject",
        "Unknown, ServerShutdown, UNKNOWN, ServerShutdown",
        "Unknown, , UNKNOWN, OutcomeUnknown"
    })
    void reported(Report.Outcome outcome, Reason reason, Verdict verdict, String word) {
        Report report = report(outcome, reason);
        Outcome read = ofRunner(ended(1, "Error", null), report);
        assertThat(read.verdict()).isEqualTo(verdict);
        assertThat(read.word()).isEqualTo(word);
        assertThat(read.message()).isEqualTo("words");
        assertThat(read.report()).isEqualTo(report);
        assertThat(read.exitCode()).isEqualTo(1);
        assertThat(read.imageID()).isEqualTo("app@sha256:1");
    }

    @Test
    void reportsBeforeItIsKilled() {
        Outcome read = ofRunner(ended(137, "OOMKilled", "Evicted"), report(Report.Outcome.Applied, null));
        assertThat(read.verdict()).isEqualTo(Verdict.SUCCEEDED);
        assertThat(read.reason()).isNull();
    }

    @ParameterizedTest
    @CsvSource({", PodEvicted", "Evicted, PodEvicted", "DeadlineExceeded, DeadlineExceeded"})
    void toldToStop(String podReason, Reason reason) {
        Outcome read = ofRunner(ended(1, "Error", podReason), report(Report.Outcome.Failed, Reason.PodEvicted));
        assertThat(read.reason()).isEqualTo(reason);
        assertThat(read.verdict()).isEqualTo(Verdict.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "OOMKilled, , OutOfMemory, raise pod.resources.limits.memory",
        "Error, Evicted, PodEvicted, evicted",
        "Error, DeadlineExceeded, DeadlineExceeded, timeouts.run",
        "Error, , OutcomeUnknown, exit code 137",
        ", , OutcomeUnknown, exit code 137",
    })
    void silent(String termination, String podReason, Reason reason, String words) {
        Outcome read = ofRunner(ended(137, termination, podReason), null);
        assertThat(read.verdict()).as("nobody knows what it committed").isEqualTo(Verdict.UNKNOWN);
        assertThat(read.reason()).isEqualTo(reason);
        assertThat(read.message()).contains(words);
        assertThat(read.exitCode()).isEqualTo(137);
    }

    @Test
    void silentAndWell() {
        Outcome read = ofRunner(ended(0, "Completed", null), null);
        assertThat(read.verdict()).as("exit code 0 is no report").isEqualTo(Verdict.UNKNOWN);
        assertThat(read.message()).endsWith("(Completed)");
    }

    // --- a user's container ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "0, Completed, , false, SUCCEEDED, , code 0",
        "0, Completed, Evicted, false, SUCCEEDED, , code 0",
        "3, Error, , true, FAILED, ContainerFailed, exited with code 3; its log",
        "3, , , true, FAILED, ContainerFailed, exited with code 3; its log",
        "137, Error, , true, FAILED, ContainerFailed, code 137: it was killed",
        "137, OOMKilled, , true, FAILED, OutOfMemory, container.resources.limits.memory",
        "143, Error, DeadlineExceeded, true, FAILED, DeadlineExceeded, timeouts.run",
        "143, Error, Evicted, true, UNKNOWN, PodEvicted, was evicted",
        "143, Error, Evicted, false, UNKNOWN, OutcomeUnknown, see what it did"
    })
    void container(
            int code,
            String termination,
            String podReason,
            boolean restartable,
            Verdict verdict,
            Reason reason,
            String words) {
        Outcome read = OutcomeReader.ofContainer(ended(code, termination, podReason), restartable);
        assertThat(read.verdict()).isEqualTo(verdict);
        assertThat(read.reason()).isEqualTo(reason);
        assertThat(read.message()).contains(words);
        assertThat(read.exitCode()).isEqualTo(code);
        assertThat(read.imageID()).isEqualTo("app@sha256:1");
    }

    @Test
    void containerThatCouldNotStart() {
        Ended ended = new Ended(
                128,
                "StartError",
                null,
                "runc create failed: unable to start container process: exec: \"migrat\": not found, PASSWORD=hunter2 ",
                "app",
                Instant.EPOCH);
        assertThat(OutcomeReader.ofContainer(ended, false).message())
                .isEqualTo("the container could not be started; correct container.entrypoint:"
                        + " exec: \"migrat\": not found, PASSWORD=***");
        Ended other = new Ended(128, "OutOfTime", null, "words", "app", Instant.EPOCH);
        assertThat(OutcomeReader.ofContainer(other, false).message()).contains("128 (OutOfTime: words); its log");
    }

    @Test
    void words() {
        assertThat(Outcome.unreported(Verdict.SUCCEEDED, null, "m").word()).isEqualTo("Succeeded");
        assertThat(Outcome.unreported(Verdict.UNKNOWN, null, "m").word()).isEqualTo("OutcomeUnknown");
        Outcome tailed =
                Outcome.unreported(Verdict.FAILED, Reason.ContainerFailed, "m").withLogTail(java.util.List.of("last"));
        assertThat(tailed.word()).isEqualTo("ContainerFailed");
        assertThat(tailed.logTail()).containsExactly("last");
    }
}
