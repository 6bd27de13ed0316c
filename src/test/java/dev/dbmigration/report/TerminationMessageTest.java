package dev.dbmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.PlannedFile;
import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminationMessageTest {

    private static final Summary SUMMARY = new Summary(3, 1, 0, 0, 0, 1, 1);

    private final Random random = new Random(7);

    @Test
    void whatFitsIsPlainJsonAndComesBackWhole() {
        Report report = report("short", 1, 1, 1, 2);

        String message = TerminationMessage.encode(report, 4096);

        assertThat(message).startsWith("{\"schemaVersion\":1,\"outcome\":\"Failed\"");
        assertThat(TerminationMessage.decode(message)).contains(report);
    }

    @Test
    void whatDoesNotFitIsCompressed() {
        Report report = report("short", 5, 5, 5, 50);

        String message = TerminationMessage.encode(report, 4096);

        assertThat(message).startsWith("z:");
        assertThat(TerminationMessage.decode(message)).contains(report);
    }

    @Test
    void theLeastImportantGoesFirstAndIsNamed() {
        Report decoded = decoded(report("short", 5, 5, 5, 800), 2048);

        assertThat(decoded.dropped()).containsExactly("statements", "files");
        assertThat(decoded.failures()).hasSize(5);
        assertThat(decoded.warnings()).hasSize(5);
    }

    @Test
    void statementsGoBeforeFiles() {
        Report decoded = decoded(report("short", 1, 1, 1, 100), 1900);

        assertThat(decoded.dropped()).containsExactly("statements");
        assertThat(decoded.files()).hasSize(100);
    }

    @Test
    void whatMattersMostAlwaysComesThrough() {
        for (int bytes : new int[] {512, 600, 1000, 2000, 4096}) {
            Report decoded = decoded(report(noise(5_000), 100, 100, 100, 500), bytes);

            assertThat(decoded.outcome()).isEqualTo(Outcome.Failed);
            assertThat(decoded.reason()).isEqualTo(Reason.UndefinedObject);
            assertThat(decoded.summary()).isEqualTo(SUMMARY);
            assertThat(decoded.message()).isNotBlank();
        }
    }

    @Test
    void listsAndTextsAreBoundedThoughThereIsRoom() {
        Report decoded = decoded(report("😀".repeat(300), 30, 30, 30, 1), 1_000_000);

        assertThat(decoded.failures()).hasSize(20);
        assertThat(decoded.warnings()).hasSize(20);
        assertThat(decoded.checks()).hasSize(20);
        assertThat(decoded.checks()).extracting("result").startsWith(Result.Failed, Result.Error);
        assertThat(decoded.message()).hasSizeLessThanOrEqualTo(256).endsWith("😀…");
        assertThat(decoded.dropped()).containsExactlyInAnyOrder("failures", "warnings", "checks");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "no report",
                "{",
                "{}",
                "null",
                "[]",
                "{\"schemaVersion\":1}",
                "{\"outcome\":\"Applied\"}",
                "{\"schemaVersion\":2,\"outcome\":\"Applied\"}",
                "{\"schemaVersion\":1,\"outcome\":\"Marvellous\"}",
                "{\"schemaVersion\":1,\"outcome\":\"Applied\"} and more",
                "{\"schemaVersion\":1,\"outcome\":\"Applied\",\"failures\":[null]}",
                "z:",
                "z:!!!",
                "z:AAAA"
            })
    void whatIsNoReportIsNone(String message) {
        assertThat(TerminationMessage.decode(message)).isEmpty();
    }

    @Test
    void aMessageCutOffIsNone() {
        for (int files : new int[] {1, 50}) {
            String message = TerminationMessage.encode(report("short", 2, 2, 2, files), 4096);
            for (int length = 0; length < message.length() - 4; length++) {
                assertThat(TerminationMessage.decode(message.substring(0, length)))
                        .isEmpty();
            }
        }
    }

    @Test
    void aBombIsNone() {
        String bomb = "{\"schemaVersion\":1,\"outcome\":\"Applied\",\"message\":\"" + "a".repeat(2 << 20) + "\"}";

        assertThat(TerminationMessage.decode("z:" + Deflated.encode(bomb))).isEmpty();
    }

    @Test
    void fieldsOfALaterReleaseAreOverlooked() {
        assertThat(TerminationMessage.decode("{\"schemaVersion\":1,\"outcome\":\"Applied\",\"mood\":\"fine\"}"))
                .hasValueSatisfying(report -> assertThat(report.outcome()).isEqualTo(Outcome.Applied));
    }

    @Test
    void checksThatAreLeftOutStillCount() {
        Report decoded = decoded(report("text", 0, 0, 30, 0), 4096);
        assertThat(decoded.checks()).hasSize(20);
        assertThat(decoded.checkSummary()).isEqualTo(new Report.CheckSummary(30, 28, 1, 1, 0));
    }

    @Test
    void aLongPlanIsCutAndSaysSo() {
        Report plan = report("text", 0, 0, 0, 0)
                .withPlan(list(50, i -> new PlannedFile(i + ".sql", Transaction.PerFile, i, "y".repeat(300))));

        Report decoded = decoded(plan, 4096);

        assertThat(decoded.plan()).hasSize(20);
        assertThat(decoded.plan().get(19).file()).isEqualTo("19.sql");
        assertThat(decoded.plan().get(19).why()).hasSize(256).endsWith("…");
        assertThat(decoded.dropped()).containsExactly("plan");
    }

    private static Report decoded(Report report, int maxBytes) {
        String message = TerminationMessage.encode(report, maxBytes);
        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(maxBytes);
        return TerminationMessage.decode(message).orElseThrow();
    }

    private Report report(String text, int failures, int warnings, int checks, int files) {
        return new Report(
                1,
                Outcome.Failed,
                Reason.UndefinedObject,
                text,
                SUMMARY,
                list(failures, i -> new Failure("f" + i + ".sql", i, i, "42P01", Reason.UndefinedObject, text, text)),
                list(
                        checks,
                        i -> new CheckResult(
                                text + i,
                                i == 5 ? Result.Failed : i == 9 ? Result.Error : Result.Passed,
                                text,
                                text,
                                i)),
                list(warnings, i -> new Warning("f" + i + ".sql", i, i, text)),
                list(files, i -> new FileResult("file" + i + ".sql", "" + i, FileOutcome.Applied, i, statements())),
                List.of());
    }

    private List<StatementResult> statements() {
        return list(
                5, i -> new StatementResult(i, i, StatementOutcome.OK, random.nextInt(99_999), random.nextInt(999)));
    }

    private static <T> List<T> list(int size, java.util.function.IntFunction<T> entry) {
        return IntStream.range(0, size).mapToObj(entry).toList();
    }

    private String noise(int length) {
        return random.ints(length, 33, 126)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
