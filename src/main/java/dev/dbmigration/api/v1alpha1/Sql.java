package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files to apply, in the order of their sources and of the versions within each, and where that is recorded. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.variables) || self.variables.all(name, name.matches('" + Sql.VARIABLE_PATTERN + "'))",
        message = "a variable's name is letters, digits and underscores")
@ValidationRule(value = "self.sources.filter(s, has(s.image)).size() <= 8", message = "at most 8 sources are images")
public record Sql(
        @JsonPropertyDescription("Where the files are, applied in this order.") @Required @Size(min = 1, max = 32)
        List<Source> sources,

        @JsonPropertyDescription("Where it is recorded what was applied.")
        Ledger ledger,

        @JsonPropertyDescription("What is one transaction: each file, each statement, or all files together.")
        @Default("PerFile")
        Transaction transaction,

        @JsonPropertyDescription(
                "Apply: the files are run. Plan: nothing is run; status says what Apply would do and what it would lock.")
        @Default("Apply")
        Mode mode,

        @JsonPropertyDescription(
                "Statements of which nobody knew how far they came, and what a person has found in the database.")
        @Size(max = 32)
        List<Resolution> resolve,

        @JsonPropertyDescription(
                "Files that were changed after they were applied, and are left as they are: not run, and no failure.")
        @Size(max = 32)
        List<AcceptedChecksum> acceptChecksums,

        @JsonPropertyDescription("A file that comes before one that was applied from the same source: refused, or run.")
        @Default("Refuse")
        OutOfOrder outOfOrder,

        @JsonPropertyDescription("A file that was applied and is gone: a warning, or a failure.") @Default("Warn")
        OnMissing onMissing,

        @JsonPropertyDescription("The last version that the database held before the first run, or the name of its"
                + " file. Files up to it are recorded and not run; looked at only while nothing is recorded.")
        @Size(min = 1, max = 253)
        String baseline,

        @JsonPropertyDescription(
                "psql's variables: what :name, :'name' and :\"name\" stand for in the files. Not for passwords.")
        @Size(max = Sql.MOST_VARIABLES)
        Map<String, @Size(max = Sql.LONGEST_VALUE) String> variables) {

    public static final int MOST_VARIABLES = 64;
    public static final int LONGEST_VALUE = 4096;
    public static final String VARIABLE_PATTERN = "^[a-zA-Z_][a-zA-Z0-9_]{0,62}$";

    public Sql {
        variables = variables == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(variables));
        sources = sources == null ? List.of() : List.copyOf(sources);
        ledger = ledger == null ? Ledger.DEFAULTS : ledger;
        transaction = transaction == null ? Transaction.PerFile : transaction;
        mode = mode == null ? Mode.Apply : mode;
        resolve = resolve == null ? List.of() : List.copyOf(resolve);
        outOfOrder = outOfOrder == null ? OutOfOrder.Refuse : outOfOrder;
        onMissing = onMissing == null ? OnMissing.Warn : onMissing;
        acceptChecksums = acceptChecksums == null ? List.of() : List.copyOf(acceptChecksums);
    }

    /** What is one transaction, where nothing speaks against it. */
    public enum Transaction {
        PerFile,
        PerStatement,
        All
    }

    /** What to do with a file that comes too late for its version. */
    public enum OutOfOrder {
        Refuse,
        Allow
    }

    /** What to do where a file that was applied is gone. */
    public enum OnMissing {
        Warn,
        Fail
    }

    /** Whether files are run, or only looked at. */
    public enum Mode {
        Apply,
        Plan
    }

    /** What a person has found out about one statement. */
    public record Resolution(
            @JsonPropertyDescription("Name of the file.") @Required @Size(min = 1, max = 253)
            String file,

            @JsonPropertyDescription("Which of its statements, from 1.") @Required @Min(1) @Max(1_000_000)
            Integer statement,

            @JsonPropertyDescription(
                    "Applied: it is in the database, and is not run. NotApplied: it is not, and runs again.")
            @Required
            Finding as) {}

    /** A file that is not the one that was applied, and a person knows it. */
    public record AcceptedChecksum(
            @JsonPropertyDescription("Name of the file.") @Required @Size(min = 1, max = 253)
            String file,

            @JsonPropertyDescription("Its SHA-256 as it is now, or how that begins, as the message prints it.")
            @Required
            @Size(min = 12, max = 64)
            @Pattern(AcceptedChecksum.PATTERN)
            String checksum) {

        public static final String PATTERN = "^[0-9a-f]{12,64}$";
    }

    /** Whether a statement is in the database. */
    public enum Finding {
        Applied,
        NotApplied
    }

    /** One place that holds files: exactly one kind is set. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value =
                    "[has(self.inline), has(self.configMap), has(self.secret), has(self.image)].filter(x, x).size() == 1",
            message = "a source is exactly one of inline, configMap, secret and image")
    public record Source(
            @JsonPropertyDescription("One file, written here.")
            Inline inline,

            @JsonPropertyDescription("A ConfigMap; each key that ends in .sql is a file.")
            NameReference configMap,

            @JsonPropertyDescription("A Secret; each key that ends in .sql is a file.")
            NameReference secret,

            @JsonPropertyDescription(
                    "A folder of an image; it needs no shell. Each file there or below that ends in .sql counts.")
            ImageFolder image) {}

    /** A folder in an image. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ImageFolder(
            @JsonPropertyDescription("The image; pod.imagePullSecrets are used to pull it.")
            @Required
            @Size(min = 1, max = 255)
            @Pattern(ImageFolder.REFERENCE_PATTERN)
            String reference,

            @JsonPropertyDescription("Absolute path of the folder; files in folders below it count too.")
            @Required
            @Size(min = 1, max = 512)
            @Pattern(ImageFolder.PATH_PATTERN)
            String path,

            @JsonPropertyDescription("Always, IfNotPresent or Never; absent: as Kubernetes has it, by the image's tag.")
            Container.PullPolicy imagePullPolicy) {

        public static final String REFERENCE_PATTERN = "^[a-zA-Z0-9][-._:/@a-zA-Z0-9]*$";
        public static final String PATH_PATTERN = "^/[-._@+~=,/a-zA-Z0-9]*$";
    }

    /** A file in the resource itself. */
    public record Inline(
            @JsonPropertyDescription("Name of the file, ending in .sql; its version is what precedes the description.")
            @Required
            @Size(min = 5, max = 253)
            @Pattern("^[-_a-zA-Z0-9][-._a-zA-Z0-9]*\\.sql$")
            String name,

            @JsonPropertyDescription("Its SQL.") @Required @Size(min = 1, max = 262144)
            String content) {}

    /** The history table: its key is (scope, version). */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Ledger(
            @JsonPropertyDescription("Schema of the history table, created where it is missing.")
            @Default("dbmigration")
            @Size(min = 1, max = 63)
            String schema,

            @JsonPropertyDescription("Whose versions these are; absent: the resource's name.") @Size(min = 1, max = 253)
            String scope) {

        static final Ledger DEFAULTS = new Ledger(null, null);

        public Ledger {
            schema = schema == null ? "dbmigration" : schema;
        }

        /** Under which scope the files of the migration of this name are recorded. */
        public String scopeOf(String migration) {
            return scope == null ? migration : scope;
        }
    }
}
