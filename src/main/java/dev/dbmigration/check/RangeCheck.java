package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/** Values of a column lie between two bounds, which are values themselves. A NULL complies. At least one bound is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.min) || has(self.max)", message = RangeCheck.RULE)
public record RangeCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table whose rows are looked at.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Column whose values are compared.") @Required @Size(min = 1, max = 63)
        String column,

        @JsonPropertyDescription("Least value, written as the column's type is.") @Size(max = 256)
        String min,

        @JsonPropertyDescription("Greatest value, written as the column's type is.") @Size(max = 256)
        String max,

        @JsonPropertyDescription("Share of rows that must comply at least, such as 99.97%; absent: all.")
        @Size(max = 16)
        @Pattern("^(100|[0-9]{1,2}([.][0-9]{1,6})?)%$")
        String minShare)
        implements Ruled {

    static final String RULE = "set min or max";

    @Override
    public Optional<String> problem() {
        return min != null || max != null ? Optional.empty() : Optional.of(RULE);
    }
}
