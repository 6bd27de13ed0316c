package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What was observed by a verification. Programs read the conditions, people the phase. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MigrationVerificationStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read conditions.")
        String phase,

        @JsonPropertyDescription("Checks passed out of all, such as 2/3.")
        String progress,

        @JsonPropertyDescription("Checks of the last run by what came of them, also of those not shown.")
        Summary summary,

        @JsonPropertyDescription("Verified, Finished, Ready; Reconciling and Stalled while True.")
        List<Condition> conditions,

        @JsonPropertyDescription("The checks of the last run, at most 20, failed ones first.")
        List<CheckStatus> checks,

        @JsonPropertyDescription("When checks were last run to their end.")
        String lastVerifiedTime,

        @JsonPropertyDescription("When checks last passed, and which; a failure of the same ones is drift.")
        Pass lastPass,

        @JsonPropertyDescription("The migration's run that is judged.")
        JudgedRun migration,

        @JsonPropertyDescription("The last run of the checks.")
        RunStatus run,

        @JsonPropertyDescription("Value of the run annotation that was handled last.")
        String lastRunRequest)
        implements RunningStatus {

    public MigrationVerificationStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        checks = checks == null ? List.of() : List.copyOf(checks);
    }

    /** Checks by what came of them. */
    public record Summary(
            @JsonPropertyDescription("All of them.") int total,
            @JsonPropertyDescription("Found as expected.") int passed,

            @JsonPropertyDescription("Not found as expected.")
            int failed,

            @JsonPropertyDescription("Could not be run.") int errors,

            @JsonPropertyDescription("Of severity Warning, and failed or could not be run.")
            int warnings) {}

    /** What passed, and when. */
    public record Pass(
            @JsonPropertyDescription("When these checks last passed.")
            String time,

            @JsonPropertyDescription("Digest of what was checked, and of the migration's run.")
            String inputsDigest) {}

    /** One check: what was expected, what was found. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CheckStatus(
            @JsonPropertyDescription("Name of the check.") String name,

            @JsonPropertyDescription("Passed, Failed, or Error where it could not be run.")
            String result,

            @JsonPropertyDescription("Warning where it decides nothing; absent: Error.")
            String severity,

            @JsonPropertyDescription("What the check expects.")
            String expected,

            @JsonPropertyDescription("What was found.") String observed,
            @JsonPropertyDescription("How long it took.") String duration) {}

    /** A run of a migration, unmistakably. */
    public record JudgedRun(
            @JsonPropertyDescription("UID of the migration.")
            String uid,

            @JsonPropertyDescription("Number of its run.") int run,

            @JsonPropertyDescription("Digest of what it applied.")
            String inputsDigest) {}
}
