package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What was observed of a migration. Programs read the conditions, people the phase. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatabaseMigrationStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read conditions.")
        String phase,

        @JsonPropertyDescription("Files in the ledger out of all, such as 98/143.")
        String progress,

        @JsonPropertyDescription("Applied, Verified, Finished, Ready; Reconciling and Stalled while True.")
        List<Condition> conditions,

        @JsonPropertyDescription("Files by what happened to them.")
        Summary summary,

        @JsonPropertyDescription("Where the last run failed, at most 20.")
        List<Failure> failures,

        @JsonPropertyDescription("The last run.") RunStatus run,

        @JsonPropertyDescription("Number of the last run that was applied.")
        Integer lastAppliedRun,

        @JsonPropertyDescription("Value of the run annotation that was handled last.")
        String lastRunRequest,

        @JsonPropertyDescription("What a person should know although it did not fail, at most 20.")
        List<Warning> warnings,

        @JsonPropertyDescription("Of a plan: files that would be applied, in their order, at most 20.")
        List<PlannedFile> plan,

        @JsonPropertyDescription("Ended runs, newest first.")
        List<HistoryEntry> history)
        implements RunningStatus {

    public DatabaseMigrationStatus {
        conditions = listOf(conditions);
        failures = listOf(failures);
        warnings = listOf(warnings);
        plan = listOf(plan);
        history = listOf(history);
    }

    private static <T> List<T> listOf(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Files by what happened to them; total is their sum. */
    public record Summary(
            @JsonPropertyDescription("All files of the sources.")
            int total,

            @JsonPropertyDescription("Applied by this run.") int applied,

            @JsonPropertyDescription("Applied by an earlier run.")
            int alreadyApplied,

            @JsonPropertyDescription("All of whose statements were skipped.")
            int skipped,

            @JsonPropertyDescription("Taken as applied before the ledger began.")
            int baseline,

            @JsonPropertyDescription("Failed.") int failed,
            @JsonPropertyDescription("Not reached.") int pending) {}

    /** Where a run failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            @JsonPropertyDescription("File, if one is to blame.")
            String file,

            @JsonPropertyDescription("Ordinal of the statement in its file, from 1.")
            Integer statement,

            @JsonPropertyDescription("Line in the file, from 1.")
            Integer line,

            @JsonPropertyDescription("PostgreSQL's error code.")
            String sqlState,

            @JsonPropertyDescription("Stable word.") String reason,

            @JsonPropertyDescription("PostgreSQL's words, literals masked.")
            String message,

            @JsonPropertyDescription("What may help.") String hint) {}

    /** What a person should know of a statement that did not fail. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Warning(
            @JsonPropertyDescription("File it concerns.") String file,

            @JsonPropertyDescription("Ordinal of the statement in its file, from 1.")
            Integer statement,

            @JsonPropertyDescription("Line in the file, from 1.")
            Integer line,

            @JsonPropertyDescription("What was seen.") String message,

            @JsonPropertyDescription("Of a plan: a stable word for what the statement does to others.")
            String reason,

            @JsonPropertyDescription("Of a plan: the table concerned, with its schema.")
            String relation,

            @JsonPropertyDescription("How many rows it has, as PostgreSQL estimates.")
            Long rows,

            @JsonPropertyDescription("How large it is on disk, with its indexes.")
            Long bytes,

            @JsonPropertyDescription("What to write instead.")
            String hint) {}

    /** A file that would be applied. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlannedFile(
            @JsonPropertyDescription("Name of the file.") String file,

            @JsonPropertyDescription("PerFile, PerStatement or All, as in spec.sql.transaction.")
            String transaction,

            @JsonPropertyDescription("How many statements it holds.")
            int statements,

            @JsonPropertyDescription("Why it runs in that way.")
            String why) {}

    /** One ended run. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HistoryEntry(
            @JsonPropertyDescription("Number of the run.") int number,
            @JsonPropertyDescription("Attempts it took.") int attempts,

            @JsonPropertyDescription("Applied, Planned, Failed or Unknown.")
            String outcome,

            @JsonPropertyDescription("Why, where it was not applied.")
            String reason,

            @JsonPropertyDescription("Digest of what it applied.")
            String inputsDigest,

            @JsonPropertyDescription("When it was decided.") String startTime,
            @JsonPropertyDescription("When it ended.") String finishTime) {}
}
