package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One named expectation of a database. Exactly one kind is set; {@link #kinds()} lets a validator say so.
 *
 * <p>Names are those of the catalogue, letter for letter; a name that no object bears is tried once more folded to
 * lower case, as PostgreSQL folds an unquoted name.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.column), has(self.table), has(self.enum), has(self.index), has(self.rowCount),"
                + " has(self.query), has(self.noInvalidIndexes), has(self.expectedSchema)].filter(x, x).size() == 1",
        message =
                "a check is exactly one of column, table, enum, index, rowCount, query, noInvalidIndexes and expectedSchema")
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

        @JsonPropertyDescription("Expects the schema to be what the files of the migration make; needs migrationRef.")
        ExpectedSchemaCheck expectedSchema) {

    /** A check of another kind than the last. */
    public Check(
            String name,
            ColumnCheck column,
            TableCheck table,
            EnumCheck enumType,
            IndexCheck index,
            RowCountCheck rowCount,
            QueryCheck query,
            NoInvalidIndexesCheck noInvalidIndexes) {
        this(name, column, table, enumType, index, rowCount, query, noInvalidIndexes, null);
    }

    /** The kinds that are set: exactly one in a valid check. */
    public Stream<Record> kinds() {
        return Stream.<Record>of(column, table, enumType, index, rowCount, query, noInvalidIndexes, expectedSchema)
                .filter(Objects::nonNull);
    }
}
