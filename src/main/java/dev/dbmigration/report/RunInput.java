package dev.dbmigration.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dbmigration.check.Check;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a runner is to do: the file {@value #FILE} below the directory given on its command line. Written by the
 * operator, never changed afterwards. Without {@code checks} the files of {@code sql} are
 * applied or planned; beside them, they are what {@code expectedSchema} replays.
 *
 * @param schemaVersion {@value #SCHEMA_VERSION}; a runner refuses another one
 * @param inputsDigest digest of what this run applies or checks
 * @param reportFormat how the log tells the results of checks; null: Text
 * @param reportBytes upper bound of the report in the termination message, in bytes of UTF-8
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunInput(
        int schemaVersion,
        ResourceName resource,
        int run,
        String inputsDigest,
        int reportBytes,
        Session session,
        Sql sql,
        List<Check> checks,
        ReportFormat reportFormat) {

    /** Where the log tells them as text. */
    public RunInput(
            int schemaVersion,
            ResourceName resource,
            int run,
            String inputsDigest,
            int reportBytes,
            Session session,
            Sql sql,
            List<Check> checks) {
        this(schemaVersion, resource, run, inputsDigest, reportBytes, session, sql, checks, null);
    }

    /** How the results of checks are written. */
    public enum ReportFormat {
        /** A line each, for people. */
        Text,
        /** One object. */
        JSON,
        /** XML as JUnit's, which many CI systems read. */
        JUnit
    }

    /** The version of this contract that this code writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    /** Where the operator puts it, below the run's directory. */
    public static final String FILE = "input/run.json";

    /** The resource that asked for the run. */
    public record ResourceName(String kind, String namespace, String name) {}

    /**
     * Settings of each database session.
     *
     * @param schema the search_path; null: the role's own
     * @param lockTimeoutMillis PostgreSQL's lock_timeout; null: the runner's default of five seconds
     * @param statementTimeoutMillis PostgreSQL's statement_timeout, 0 turns it off; null: the role's own
     * @param role whom the session becomes by SET ROLE; null: nobody else
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Session(String schema, Long lockTimeoutMillis, Long statementTimeoutMillis, String role) {

        /** Of the user who logged in. */
        public Session(String schema, Long lockTimeoutMillis, Long statementTimeoutMillis) {
            this(schema, lockTimeoutMillis, statementTimeoutMillis, null);
        }
    }

    /**
     * Migrations to apply.
     *
     * @param ledgerSchema schema of the history table
     * @param scope first half of the ledger's key (scope, version)
     * @param lockWaitMillis how long to wait for the migration lock of the database
     * @param runMillis after which no further statement is begun; 0: no bound
     * @param transaction null: PerFile
     * @param resolve what a person has found out about statements of which nobody knew how far they came
     * @param sources applied in this order
     * @param variables psql's, by name: what {@code :x} stands for in the files
     * @param ledgerRules null: none is said
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Sql(
            String ledgerSchema,
            String scope,
            long lockWaitMillis,
            long runMillis,
            Transaction transaction,
            List<Resolved> resolve,
            List<Source> sources,
            Map<String, String> variables,
            LedgerRules ledgerRules) {

        public Sql {
            ledgerRules = ledgerRules == null ? LedgerRules.DEFAULTS : ledgerRules;
            variables = variables == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(variables));
            transaction = transaction == null ? Transaction.PerFile : transaction;
            resolve = resolve == null ? List.of() : List.copyOf(resolve);
        }
    }

    /**
     * What is to be done where the files are not what the ledger knows.
     *
     * @param acceptChecksums files that are left as they are, though others were applied
     * @param outOfOrder null: Refuse
     * @param onMissing null: Warn
     * @param baseline the last version that the database held before the first run, or the name of its file; null: none
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LedgerRules(
            List<Accepted> acceptChecksums, OutOfOrder outOfOrder, OnMissing onMissing, String baseline) {

        /** Nothing is said. */
        public static final LedgerRules DEFAULTS = new LedgerRules(null, null, null, null);

        /** What to do with a file that comes before one that was applied from the same source. */
        public enum OutOfOrder {
            Refuse,
            Allow
        }

        /** What to do where the file of a version that was applied is gone. */
        public enum OnMissing {
            Warn,
            Fail
        }

        public LedgerRules {
            outOfOrder = outOfOrder == null ? OutOfOrder.Refuse : outOfOrder;
            onMissing = onMissing == null ? OnMissing.Warn : onMissing;
            acceptChecksums = acceptChecksums == null ? List.of() : List.copyOf(acceptChecksums);
        }
    }

    /** A file that may differ from the one that was applied; {@code checksum}: how its SHA-256 in hexadecimal begins. */
    public record Accepted(String file, String checksum) {}

    /** What is one transaction, where nothing speaks against it. */
    public enum Transaction {
        /** Each file, with its row in the ledger. */
        PerFile,
        /** Each statement, with a row that says so. */
        PerStatement,
        /** All files of the run. */
        All
    }

    /** A statement of which a person says whether it is in the database; {@code statement} counts from 1. */
    public record Resolved(String file, int statement, As as) {

        public enum As {
            Applied,
            NotApplied
        }
    }

    /**
     * A directory of migration files.
     *
     * @param name what a person calls it, such as {@code ConfigMap ehr-migrations}
     * @param directory where it is, relative to the run's directory
     */
    public record Source(String name, String directory) {}
}
