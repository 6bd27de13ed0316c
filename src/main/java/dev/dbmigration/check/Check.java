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
        value =
                "[has(self.column), has(self.table), has(self.enum), has(self.index), has(self.rowCount),"
                        + " has(self.query), has(self.noInvalidIndexes), has(self.ledger), has(self.plan)].filter(x, x).size() == 1",
        message = Check.ONE_KIND)
public record Check(
        @JsonPropertyDescription("Name of this check, unique in its list; the result is reported under it.")
        @Required
        @Size(min = 1, max = 128)
        String name,

        @JsonPropertyDescription("Expects a column to exist, or not, with the stated type, nullability and default.")
        ColumnCheck column,

        @JsonPropertyDescription("Expects a table to exist, or not.")
        TableCheck table,

        @JsonPropertyDescription("Expects an enum type with exactly these labels in this order.") @JsonProperty("enum")
        EnumCheck enumType,

        @JsonPropertyDescription("Expects an index with the stated columns, uniqueness and validity.")
        IndexCheck index,

        @JsonPropertyDescription("Expects a table to hold so many rows.")
        RowCountCheck rowCount,

        @JsonPropertyDescription("Expects a query to return one row of one value, compared as text.")
        QueryCheck query,

        @JsonPropertyDescription("Expects no index to be left INVALID, as a failed concurrent build leaves one.")
        NoInvalidIndexesCheck noInvalidIndexes,

        @JsonPropertyDescription("Expects entries in a migration tool's history, and none failed or half done.")
        LedgerCheck ledger,

        @JsonPropertyDescription("Expects a query to be planned with an index, without a sequential scan, or cheaply.")
        PlanCheck plan) {

    /** What is asked of a check, for whoever refuses one. */
    public static final String ONE_KIND = "a check is exactly one kind, such as column, rowCount or query";

    /** The kinds that are set: exactly one in a valid check. */
    public Stream<Record> kinds() {
        return Stream.<Record>of(column, table, enumType, index, rowCount, query, noInvalidIndexes, ledger, plan)
                .filter(Objects::nonNull);
    }

    /** What is to be done to complete its kind, such as {@code set name or type}; empty: it is complete. */
    public Optional<String> problem() {
        return kinds().flatMap(kind -> kind instanceof Ruled ruled ? ruled.problem().stream() : Stream.empty())
                .findFirst();
    }
}
