package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One named expectation of a database. Exactly one kind is set; {@link #kinds()} lets a validator say so.
 *
 * <p>Names are those of the catalogue, letter for letter; a name that no object bears is tried once more folded to
 * lower case, as PostgreSQL folds an unquoted name.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.schema), "
                + "has(self.table), "
                + "has(self.column), "
                + "has(self.enum), "
                + "has(self.domain), "
                + "has(self.index), "
                + "has(self.constraint), "
                + "has(self.sequence), "
                + "has(self.view), "
                + "has(self.__function__), "
                + "has(self.trigger), "
                + "has(self.policy), "
                + "has(self.extension), "
                + "has(self.privilege), "
                + "has(self.publication), "
                + "has(self.rowCount), "
                + "has(self.query), "
                + "has(self.sum), "
                + "has(self.unique), "
                + "has(self.notNull), "
                + "has(self.range), "
                + "has(self.regex), "
                + "has(self.noInvalidIndexes), "
                + "has(self.noUnvalidatedConstraints), "
                + "has(self.noOrphans), "
                + "has(self.noDisabledTriggers), "
                + "has(self.noBrokenFunctions), "
                + "has(self.ledger), "
                + "has(self.plan), "
                + "has(self.expectedSchema)].exists_one(x, x)",
        message = Check.ONE_KIND)
public record Check(
        @JsonPropertyDescription("Name of this check, unique in its list; the result is reported under it.")
        @Required
        @Size(min = 1, max = 128)
        String name,

        @JsonPropertyDescription(
                "What it means where it does not pass, or cannot be run: Error, which is meant where nothing is said, or a Warning.")
        Severity severity,

        @JsonPropertyDescription("Expects a schema to exist, or not, with the stated owner.")
        SchemaCheck schema,

        @JsonPropertyDescription(
                "Expects a table to exist, or not, with the stated columns, partitioning and row security.")
        TableCheck table,

        @JsonPropertyDescription(
                "Expects a column to exist, or not, with the stated type, nullability, default and more.")
        ColumnCheck column,

        @JsonPropertyDescription("Expects an enum type with exactly these labels in this order.") @JsonProperty("enum")
        EnumCheck enumType,

        @JsonPropertyDescription("Expects a domain to exist, or not, with the stated type, default and condition.")
        DomainCheck domain,

        @JsonPropertyDescription("Expects an index with the stated columns, uniqueness, validity and more.")
        IndexCheck index,

        @JsonPropertyDescription(
                "Expects a constraint to exist, or not, with the stated columns, references and state.")
        ConstraintCheck constraint,

        @JsonPropertyDescription("Expects a sequence to exist, or not, with the stated owner, ahead of its column.")
        SequenceCheck sequence,

        @JsonPropertyDescription("Expects a view to exist, or not, materialized and populated as stated.")
        ViewCheck view,

        @JsonPropertyDescription(
                "Expects a function to exist, or not, with the stated signature, language and volatility.")
        FunctionCheck function,

        @JsonPropertyDescription("Expects a trigger to exist, or not, with the stated timing, events and state.")
        TriggerCheck trigger,

        @JsonPropertyDescription(
                "Expects a row security policy to exist, or not, with the stated command, roles and expressions.")
        PolicyCheck policy,

        @JsonPropertyDescription("Expects an extension to exist, or not, in a version at least.")
        ExtensionCheck extension,

        @JsonPropertyDescription("Expects a role to have privileges on an object, or not.")
        PrivilegeCheck privilege,

        @JsonPropertyDescription("Expects a publication to exist, or not, with the stated tables and operations.")
        PublicationCheck publication,

        @JsonPropertyDescription("Expects a table to hold so many rows.")
        RowCountCheck rowCount,

        @JsonPropertyDescription("Expects a query to return one value, no rows, or the given rows.")
        QueryCheck query,

        @JsonPropertyDescription("Expects the values of a column to add up to so much.")
        SumCheck sum,

        @JsonPropertyDescription("Expects no two rows to have the same values in some columns.")
        UniqueCheck unique,

        @JsonPropertyDescription("Expects a column to hold no NULL.")
        NotNullCheck notNull,

        @JsonPropertyDescription("Expects the values of a column to lie between two bounds.")
        RangeCheck range,

        @JsonPropertyDescription("Expects the values of a column to match a regular expression.")
        RegexCheck regex,

        @JsonPropertyDescription("Expects no index to be left INVALID, as a failed concurrent build leaves one.")
        NoInvalidIndexesCheck noInvalidIndexes,

        @JsonPropertyDescription("Expects no constraint to be left NOT VALID.")
        NoUnvalidatedConstraintsCheck noUnvalidatedConstraints,

        @JsonPropertyDescription("Expects no row to refer to one that is not there, by a foreign key or without one.")
        NoOrphansCheck noOrphans,

        @JsonPropertyDescription("Expects no trigger to be disabled, those of foreign keys included.")
        NoDisabledTriggersCheck noDisabledTriggers,

        @JsonPropertyDescription(
                "Expects no function in SQL or PL/pgSQL to name a table, column, function or type that is not there.")
        NoBrokenFunctionsCheck noBrokenFunctions,

        @JsonPropertyDescription("Expects entries in a migration tool's history, and none failed or half done.")
        LedgerCheck ledger,

        @JsonPropertyDescription("Expects a query to be planned with an index, without a sequential scan, or cheaply.")
        PlanCheck plan,

        @JsonPropertyDescription("Expects the schema to be what the files of the migration make; needs migrationRef.")
        ExpectedSchemaCheck expectedSchema) {

    /** What is asked of a check, for whoever refuses one. */
    public static final String ONE_KIND = "a check is exactly one kind, such as column, rowCount or query";

    /** The kinds that are set: exactly one in a valid check. */
    public Stream<Record> kinds() {
        return Stream.<Record>of(
                        schema,
                        table,
                        column,
                        enumType,
                        domain,
                        index,
                        constraint,
                        sequence,
                        view,
                        function,
                        trigger,
                        policy,
                        extension,
                        privilege,
                        publication,
                        rowCount,
                        query,
                        sum,
                        unique,
                        notNull,
                        range,
                        regex,
                        noInvalidIndexes,
                        noUnvalidatedConstraints,
                        noOrphans,
                        noDisabledTriggers,
                        noBrokenFunctions,
                        ledger,
                        plan,
                        expectedSchema)
                .filter(Objects::nonNull);
    }

    /** Whether it is only told where it does not pass. */
    public boolean warns() {
        return severity == Severity.Warning;
    }

    /** What is to be done to complete its kind, such as {@code set name or type}; empty: it is complete. */
    public Optional<String> problem() {
        return kinds().flatMap(kind -> kind instanceof Ruled ruled ? ruled.problem().stream() : Stream.empty())
                .findFirst();
    }
}
