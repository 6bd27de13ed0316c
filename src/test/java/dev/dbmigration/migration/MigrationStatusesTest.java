package dev.dbmigration.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.HistoryEntry;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Decision;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows that hold without {@code verify} are met by the tests of the failure table as well. */
class MigrationStatusesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RunStatus RUN = RunStatus.begin(3, "2026-03-01T11:00:00Z")
            .attempt(1, "drafts-1-3-1")
            .inputsDigest("sha256:a")
            .build();
    private static final Decision FINISH = Decision.Finish.of(RUN, outcome(Verdict.SUCCEEDED, null), NOW);

    private final DatabaseMigration plain = migration("");
    private final DatabaseMigration verified = migration("verify: {checks: [{name: c, noInvalidIndexes: {}}]}");

    private static DatabaseMigration migration(String more) {
        return Serialization.unmarshal("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: drafts, namespace: ehr, uid: 7b1f, generation: 5}
                spec:
                  sql: {sources: [{inline: {name: a.sql, content: select 1}}]}
                  historyLimit: 2
                  %s
                """.formatted(more), DatabaseMigration.class);
    }

    private static Outcome outcome(Verdict verdict, Reason reason) {
        return Outcome.unreported(verdict, reason, "words");
    }

    private static DatabaseMigrationStatus after(
            DatabaseMigration migration, Decision decision, MigrationVerification... all) {
        return after(migration, decision, NOW, all);
    }

    private static DatabaseMigrationStatus after(
            DatabaseMigration migration, Decision decision, Instant now, MigrationVerification... all) {
        Verifications verifications = new Verifications(migration, List.of(all));
        return MigrationStatuses.after(migration, new Decided(decision, 4, null), verifications, now);
    }

    private static String row(DatabaseMigrationStatus status) {
        Condition verified = condition(status, "Verified");
        return StatusRow.of(status) + " | " + verified.getStatus() + "/" + verified.getReason();
    }

    private static Condition condition(DatabaseMigrationStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    /** A verification that names the migration and has judged its run 3. */
    private MigrationVerification judge(String name, String verified, String reason) {
        MigrationVerification verification = Serialization.unmarshal("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: MigrationVerification
                metadata: {name: %s, namespace: ehr, generation: 1}
                spec: {migrationRef: {name: drafts}, checks: [{name: c, noInvalidIndexes: {}}]}
                """.formatted(name), MigrationVerification.class);
        Condition condition = new ConditionBuilder()
                .withType("Verified")
                .withStatus(verified)
                .withReason(reason)
                .withMessage(name + " says so")
                .build();
        RunStatus judged = RunStatus.begin(1, "2026-03-01T11:00:00Z")
                .finished("2026-03-01T11:00:01Z", "1s")
                .build();
        verification.setStatus(new MigrationVerificationStatus(
                1L,
                "any",
                null,
                null,
                List.of(condition),
                null,
                null,
                null,
                new JudgedRun("7b1f", 3, "sha256:a"),
                judged,
                null));
        return verification;
    }

    private MigrationVerification own(String status, String reason) {
        MigrationVerification own = judge("drafts", status, reason);
        own.getMetadata().setOwnerReferences(List.of(Owner.of(verified).reference()));
        return own;
    }

    // --- the condition table -------------------------------------------------------------------------------------

    @Test
    void withoutVerify() {
        assertThat(row(after(plain, FINISH)))
                .isEqualTo("Applied | True/Applied | True | True |  | Unknown/NotRequested");
        assertThat(row(after(plain, new Decision.Run(RUN, null))))
                .isEqualTo("Running | Unknown/Running | False | False | Reconciling | Unknown/NotRequested");
    }

    @Test
    void planned() {
        Report report = new Report(1, Report.Outcome.Planned, null, "a plan", null, null, null, null, null, null)
                .withPlan(List.of(new Report.PlannedFile("a.sql", RunInput.Transaction.PerFile, 1, "it is so")));
        Outcome outcome = new Outcome(Verdict.PLANNED, null, "a plan", report, 0, null, List.of());
        String row = "Planned | False/Planned | True | False |  | Unknown/Pending";

        DatabaseMigrationStatus status = after(verified, Decision.Finish.of(RUN, outcome, NOW));
        assertThat(row(status)).isEqualTo(row);
        assertThat(condition(status, "Ready").getMessage()).isEqualTo("a plan");
        assertThat(status.plan())
                .containsExactly(new DatabaseMigrationStatus.PlannedFile("a.sql", "PerFile", 1, "it is so"));
        assertThat(status.lastAppliedRun()).isNull();
        assertThat(status.history()).extracting(HistoryEntry::outcome).containsExactly("Planned");
        assertThat(MigrationAnnouncements.of(null, status))
                .extracting(Announcement::reason)
                .containsExactly("Planned");

        verified.setStatus(status);
        assertThat(after(verified, new Decision.Rest())).as("looked at again").isEqualTo(status);
        assertThat(MigrationAnnouncements.of(status, status)).isEmpty();
    }

    @Test
    void verifyPending() {
        String pending = "Verifying | True/Applied | True | False | Reconciling | Unknown/Pending";
        assertThat(row(after(verified, FINISH))).isEqualTo(pending);
        MigrationVerification unjudged = own("True", "Passed");
        unjudged.setStatus(null);
        assertThat(row(after(verified, FINISH, unjudged))).isEqualTo(pending);
        assertThat(row(after(verified, FINISH, own("Unknown", "Pending")))).isEqualTo(pending);
        MigrationVerification changed = own("True", "Passed");
        changed.getMetadata().setGeneration(2L);
        assertThat(row(after(verified, FINISH, changed)))
                .as("its checks were changed")
                .isEqualTo(pending);
    }

    @Test
    void verifyOfAnEarlierRunIsPending() {
        RunStatus next = RunStatus.begin(4, "2026-03-01T11:30:00Z")
                .inputsDigest("sha256:a")
                .build();
        Decision finish = Decision.Finish.of(next, outcome(Verdict.SUCCEEDED, null), NOW);
        assertThat(row(after(verified, finish, own("True", "Passed")))).startsWith("Verifying ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "True/Passed/Verified | True~Applied | True | True |  | True~Passed",
                "False/ChecksFailed/VerificationFailed | True~Applied | True | False | Stalled | False~ChecksFailed",
                "Unknown/CheckError/VerificationFailed | True~Applied | True | False | Stalled | Unknown~CheckError"
            })
    void verifyJudged(String status, String reason, String row) {
        assertThat(row(after(verified, FINISH, own(status, reason)))).isEqualTo(row.replace('~', '/'));
    }

    @Test
    void verifyWhoseNameIsTaken() {
        assertThat(row(after(verified, FINISH, judge("drafts", "True", "Passed"))))
                .isEqualTo("VerificationFailed | True/Applied | True | False | Stalled | Unknown/NameConflict");
    }

    @Test
    void worstOfAll() {
        MigrationVerification passed = judge("one", "True", "Passed");
        MigrationVerification failed = judge("two", "False", "ChecksFailed");
        MigrationVerification error = judge("three", "Unknown", "OutcomeUnknown");
        String applied = "Applied | True/Applied | True | True |  | ";
        assertThat(row(after(plain, FINISH, passed))).isEqualTo(applied + "True/Passed");
        assertThat(row(after(plain, FINISH, passed, error))).isEqualTo(applied + "Unknown/CheckError");
        assertThat(row(after(plain, FINISH, passed, error, failed))).isEqualTo(applied + "False/ChecksFailed");
        assertThat(row(after(plain, FINISH, failed, judge("four", "Unknown", "Pending"))))
                .isEqualTo(applied + "Unknown/Pending");
    }

    @Test
    void readyWaitsForItsOwnVerifyOnly() {
        DatabaseMigrationStatus status =
                after(verified, FINISH, own("True", "Passed"), judge("two", "False", "ChecksFailed"));
        assertThat(row(status)).isEqualTo("Verified | True/Applied | True | True |  | False/ChecksFailed");
        assertThat(condition(status, "Ready").getMessage()).isEqualTo("drafts says so");
        status = after(verified, FINISH, own("False", "ChecksFailed"), judge("two", "Unknown", "Pending"));
        assertThat(row(status))
                .isEqualTo("VerificationFailed | True/Applied | True | False | Stalled | Unknown/Pending");
        assertThat(condition(status, "Ready").getReason()).isEqualTo("ChecksFailed");
    }

    @Test
    void verdictsDoNotOutliveTheRun() {
        assertThat(row(after(plain, new Decision.Run(RUN, null), judge("one", "True", "Passed"))))
                .endsWith("Unknown/Pending");
    }

    // --- conditions ------------------------------------------------------------------------------------------------

    @Test
    void conditionsSpeakOfWhatWasDecidedOn() {
        DatabaseMigrationStatus status = after(plain, FINISH);
        assertThat(status.observedGeneration()).isEqualTo(4);
        assertThat(status.conditions()).allSatisfy(condition -> {
            assertThat(condition.getObservedGeneration()).isEqualTo(4);
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-03-01T12:00:00Z");
        });
    }

    @Test
    void transitionTimesMoveOnlyWhenAStatusFlips() {
        plain.setStatus(after(
                plain,
                new Decision.Await(
                        RUN.toBuilder().because("SecretNotFound", "a").build())));
        DatabaseMigrationStatus status = after(plain, new Decision.Run(RUN, null), NOW.plusSeconds(60));
        assertThat(condition(status, "Applied").getReason()).isEqualTo("Running");
        assertThat(status.conditions())
                .extracting(Condition::getLastTransitionTime)
                .containsOnly("2026-03-01T12:00:00Z");
        plain.setStatus(status);
        status = after(plain, FINISH, NOW.plusSeconds(120));
        assertThat(condition(status, "Applied").getLastTransitionTime()).isEqualTo("2026-03-01T12:02:00Z");
        assertThat(condition(status, "Verified").getLastTransitionTime()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void sameDecisionSameStatus() {
        plain.setStatus(after(plain, FINISH));
        assertThat(after(plain, new Decision.Rest(), NOW.plusSeconds(60))).isEqualTo(plain.getStatus());
        assertThat(after(plain, new Decision.Hold())).isSameAs(plain.getStatus());
    }

    @Test
    void anAnsweredRequestStays() {
        Verifications none = new Verifications(plain, List.of());
        plain.setStatus(MigrationStatuses.after(plain, new Decided(FINISH, 4, "now"), none, NOW));
        assertThat(plain.getStatus().lastRunRequest()).isEqualTo("now");
        assertThat(after(plain, new Decision.Run(RUN, null)).lastRunRequest()).isEqualTo("now");
    }

    // --- history ---------------------------------------------------------------------------------------------------

    private static RunStatus ended(int number, Verdict verdict, Reason reason) {
        RunStatus run = RunStatus.begin(number, "2026-03-01T11:00:00Z").build();
        return Decision.Finish.of(run, outcome(verdict, reason), NOW).run();
    }

    private void end(int number, Verdict verdict, Reason reason) {
        plain.setStatus(after(plain, new Decision.Finish(ended(number, verdict, reason), outcome(verdict, reason))));
    }

    @Test
    void keepsTheLastRuns() {
        end(1, Verdict.SUCCEEDED, null);
        end(2, Verdict.FAILED, Reason.SyntaxError);
        end(3, Verdict.UNKNOWN, Reason.OutcomeUnknown);
        assertThat(plain.getStatus().history())
                .extracting(HistoryEntry::number, HistoryEntry::outcome, HistoryEntry::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, "Unknown", "OutcomeUnknown"),
                        org.assertj.core.groups.Tuple.tuple(2, "Failed", "SyntaxError"));
        assertThat(plain.getStatus().lastAppliedRun()).isEqualTo(1);
        plain.setStatus(after(plain, new Decision.Rest()));
        assertThat(plain.getStatus().history()).as("each once").hasSize(2);
    }

    @Test
    void keepsARunThatAnEditCutShort() {
        plain.setStatus(after(
                plain,
                new Decision.Await(
                        RUN.toBuilder().because("SecretNotFound", "a").build())));
        RunStatus next = RunStatus.begin(4, "2026-03-01T12:00:00Z").build();
        plain.setStatus(after(plain, new Decision.Run(next, null)));
        assertThat(plain.getStatus().history()).singleElement().satisfies(entry -> {
            assertThat(entry.number()).isEqualTo(3);
            assertThat(entry.reason()).isEqualTo("SecretNotFound");
        });
        end(5, Verdict.SUCCEEDED, null);
        assertThat(plain.getStatus().history()).extracting(HistoryEntry::number).containsExactly(5, 4);
    }

    // --- bounds ----------------------------------------------------------------------------------------------------

    private static DatabaseMigrationStatus full(String text) {
        List<Report.Failure> failures = IntStream.range(0, 30)
                .mapToObj(i -> new Report.Failure(text, i, i, "42P01", Reason.UndefinedObject, text, text))
                .toList();
        List<Report.Warning> warnings = IntStream.range(0, 30)
                .mapToObj(i -> new Report.Warning(text, i, i, text))
                .toList();
        Report report = new Report(
                1, Report.Outcome.Failed, Reason.UndefinedObject, text, null, failures, null, warnings, null, null);
        Outcome outcome = new Outcome(Verdict.FAILED, report.reason(), text, report, 1, "app", List.of());
        return after(migration(""), Decision.Finish.of(RUN, outcome, NOW));
    }

    @Test
    void keepsTwentyOfEach() {
        DatabaseMigrationStatus status = full("x".repeat(256));
        assertThat(status.failures()).hasSize(20);
        assertThat(status.warnings()).hasSize(20);
        assertThat(status.failures().get(0).statement())
                .as("0: the file as a whole")
                .isNull();
        assertThat(status.failures().get(1).statement()).isEqualTo(1);
        assertThat(full("x".repeat(2_000)).run().message()).hasSize(256).endsWith("…");
    }

    @Test
    void keepsWithin32KiB() throws JsonProcessingException {
        DatabaseMigrationStatus status = full("€".repeat(256));
        String json = Serialization.jsonMapper().writeValueAsString(status);
        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(32 * 1024);
        assertThat(status.failures()).isNotEmpty();
        assertThat(status.warnings()).as("first").isEmpty();
        assertThat(status.history()).isEmpty();
    }
}
