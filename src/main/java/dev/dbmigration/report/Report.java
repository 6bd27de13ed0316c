package dev.dbmigration.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.dbmigration.check.Severity;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a runner observed, complete as it goes to the log and reduced as it goes into the termination message.
 *
 * @param schemaVersion {@value #SCHEMA_VERSION}, always the first field
 * @param reason null where the outcome is {@code Applied}, {@code Planned} or {@code Passed}, and where the checks speak for themselves
 * @param message one sentence for a person, with what to do next; never a literal of a statement
 * @param summary null for a verification
 * @param checkSummary null where no check was made
 * @param plan files that would be applied, in their order; empty where it is no plan
 * @param dropped names of the lists that were shortened to fit, least important first; empty: the report is complete
 */
@JsonPropertyOrder({
    "schemaVersion",
    "outcome",
    "reason",
    "message",
    "summary",
    "checkSummary",
    "failures",
    "checks",
    "plan",
    "warnings"
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Report(
        int schemaVersion,
        Outcome outcome,
        Reason reason,
        String message,
        Summary summary,
        CheckSummary checkSummary,
        List<Failure> failures,
        List<CheckResult> checks,
        List<PlannedFile> plan,
        List<Warning> warnings,
        List<FileResult> files,
        List<String> dropped) {

    /** The version of this contract that this code writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    public Report {
        failures = failures == null ? List.of() : List.copyOf(failures);
        checks = checks == null ? List.of() : List.copyOf(checks);
        plan = plan == null ? List.of() : List.copyOf(plan);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        files = files == null ? List.of() : List.copyOf(files);
        dropped = dropped == null ? List.of() : List.copyOf(dropped);
    }

    /** A report that nothing has been left out of yet. */
    public Report(
            int schemaVersion,
            Outcome outcome,
            Reason reason,
            String message,
            Summary summary,
            List<Failure> failures,
            List<CheckResult> checks,
            List<Warning> warnings,
            List<FileResult> files,
            List<String> dropped) {
        this(
                schemaVersion,
                outcome,
                reason,
                message,
                summary,
                CheckSummary.of(checks),
                failures,
                checks,
                null,
                warnings,
                files,
                dropped);
    }

    /** The same report as that of a plan. */
    public Report withPlan(List<PlannedFile> planned) {
        return new Report(
                schemaVersion,
                outcome,
                reason,
                message,
                summary,
                checkSummary,
                failures,
                checks,
                planned,
                warnings,
                files,
                dropped);
    }

    /** The report with each sentence and each value changed; names of files and reasons stay. */
    public Report withTexts(UnaryOperator<String> change) {
        UnaryOperator<String> present = text -> text == null ? null : change.apply(text);
        return new Report(
                schemaVersion,
                outcome,
                reason,
                present.apply(message),
                summary,
                checkSummary,
                failures.stream().map(failure -> failure.withTexts(present)).toList(),
                checks.stream().map(check -> check.withTexts(present)).toList(),
                plan.stream().map(file -> file.withTexts(present)).toList(),
                warnings.stream().map(warning -> warning.withTexts(present)).toList(),
                files,
                dropped);
    }

    /** What a run came to. */
    public enum Outcome {
        /** Every version of the sources stands in the ledger. */
        Applied,
        /** Nothing was run, and the report says what would be. */
        Planned,
        /** Every check passed. */
        Passed,
        /** At least one check ran and did not find what it expects. */
        ChecksFailed,
        /** No check failed, but at least one could not be run. */
        CheckError,
        /** It ended before its goal, for the report's reason, and what is in the database is known. */
        Failed,
        /** A COMMIT was sent and its answer never came; the ledger knows, the runner does not. */
        Unknown
    }

    /**
     * Files by what happened to them.
     *
     * @param total the sum of the others but {@code ahead}
     * @param ahead how many versions stand in the ledger behind the last of the files; null: none
     */
    public record Summary(
            int total,
            int applied,
            int alreadyApplied,
            int skipped,
            int baseline,
            int failed,
            int pending,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer ahead) {

        /** The ledger ends where the files do, or before. */
        public Summary(int total, int applied, int alreadyApplied, int skipped, int baseline, int failed, int pending) {
            this(total, applied, alreadyApplied, skipped, baseline, failed, pending, null);
        }
    }

    /**
     * How many checks were made, and what came of them, also of those that are left out.
     *
     * @param total the sum of the others
     * @param errors of those that could not be run
     * @param warnings of those that did not pass, or could not be run, and are only told
     */
    public record CheckSummary(int total, int passed, int failed, int errors, int warnings) {

        static CheckSummary of(List<CheckResult> checks) {
            if (checks == null || checks.isEmpty()) {
                return null;
            }
            int[] counts = new int[CheckResult.Rank.values().length];
            checks.forEach(check -> counts[check.rank().ordinal()]++);
            return new CheckSummary(
                    checks.size(),
                    counts[CheckResult.Rank.PASSED.ordinal()],
                    counts[CheckResult.Rank.FAILED.ordinal()],
                    counts[CheckResult.Rank.ERROR.ordinal()],
                    counts[CheckResult.Rank.WARNING.ordinal()]);
        }
    }

    /**
     * Where a run failed.
     *
     * @param file null where no file is to blame
     * @param statement ordinal in its file from 1; 0: the file as a whole
     * @param line line in its file from 1; 0: unknown
     * @param sqlState five characters, or null where PostgreSQL gave none
     * @param message PostgreSQL's words, literals of the statement masked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            String file, int statement, int line, String sqlState, Reason reason, String message, String hint) {

        Failure withTexts(UnaryOperator<String> change) {
            return new Failure(file, statement, line, sqlState, reason, change.apply(message), change.apply(hint));
        }
    }

    /**
     * What a person should know of a statement that did not fail; {@code statement} and {@code line} as in Failure.
     *
     * @param reason a stable word, for what a plan warns of; null: none
     * @param relation the table concerned, with its schema; null: none, or all
     * @param rows how many it has, by the planner's estimate; null: not known
     * @param bytes how large it is on disk with its indexes; null: not known
     * @param hint what to write instead; null: nothing is to be said
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Warning(
            String file,
            int statement,
            int line,
            String message,
            String reason,
            String relation,
            Long rows,
            Long bytes,
            String hint) {

        /** One that says all in its message. */
        public Warning(String file, int statement, int line, String message) {
            this(file, statement, line, message, null, null, null, null, null);
        }

        Warning withTexts(UnaryOperator<String> change) {
            return new Warning(
                    file, statement, line, change.apply(message), reason, relation, rows, bytes, change.apply(hint));
        }
    }

    /**
     * A file that would be applied.
     *
     * @param statements how many it holds
     * @param why what decides how it is run
     */
    public record PlannedFile(String file, RunInput.Transaction transaction, int statements, String why) {

        PlannedFile withTexts(UnaryOperator<String> change) {
            return new PlannedFile(file, transaction, statements, change.apply(why));
        }
    }

    /**
     * One check: what was expected, what was found.
     *
     * @param severity null: Error
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CheckResult(
            String name, Result result, String expected, String observed, long millis, Severity severity) {

        /** What it means for all, worst first. */
        public enum Rank {
            FAILED,
            ERROR,
            WARNING,
            PASSED
        }

        /** Of a check whose failure is an error. */
        public CheckResult(String name, Result result, String expected, String observed, long millis) {
            this(name, result, expected, observed, millis, null);
        }

        public Rank rank() {
            if (result == Result.Passed) {
                return Rank.PASSED;
            }
            if (severity == Severity.Warning) {
                return Rank.WARNING;
            }
            return result == Result.Failed ? Rank.FAILED : Rank.ERROR;
        }

        /** With nothing left of what was expected and found. */
        CheckResult brief() {
            return new CheckResult(name, result, null, null, millis, severity);
        }

        /** {@code Error}: it could not be run, so nothing is known. */
        public enum Result {
            Passed,
            Failed,
            Error
        }

        CheckResult withTexts(UnaryOperator<String> change) {
            return new CheckResult(
                    change.apply(name), result, change.apply(expected), change.apply(observed), millis, severity);
        }
    }

    /** One file of the run, in order; {@code locks} are what others may have met, at most 20. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record FileResult(
            String file,
            String version,
            FileOutcome outcome,
            long millis,
            List<StatementResult> statements,
            List<HeldLock> locks) {

        public FileResult {
            locks = locks == null ? List.of() : List.copyOf(locks);
        }

        /** One of which no locks are known. */
        public FileResult(
                String file, String version, FileOutcome outcome, long millis, List<StatementResult> statements) {
            this(file, version, outcome, millis, statements, null);
        }

        /** A file counts under the field of {@link Summary} of the same name. */
        public enum FileOutcome {
            Applied,
            AlreadyApplied,
            Skipped,
            Baseline,
            Failed,
            Pending
        }
    }

    /**
     * A lock that a transaction of the file held just before its COMMIT on a relation that was there before it.
     *
     * @param mode the strongest one, as {@code pg_locks} names it
     * @param millis since the transaction began
     * @param rewritten whether the transaction has written the relation anew; null: not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HeldLock(String relation, String mode, long millis, Boolean rewritten) {}

    /**
     * One statement that ran.
     *
     * @param rows as PostgreSQL's command tag counts them, -1 where it counts none
     * @param millis how long it took; -1: not known, since its file went to the server together with others and only
     *     the time of each file was taken
     */
    public record StatementResult(int statement, int line, StatementOutcome outcome, long rows, long millis) {

        public enum StatementOutcome {
            OK,
            /** It found its object there already and did nothing. */
            Skipped,
            /** An earlier run has done it. */
            AlreadyApplied,
            Failed
        }
    }
}
