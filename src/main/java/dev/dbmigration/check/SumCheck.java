package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/** The sum of a column's values, computed by the server; that of no values is 0. At least one bound is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.equals) || has(self.min) || has(self.max)", message = SumCheck.RULE)
public record SumCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table whose rows are looked at.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Column of numbers.") @Required @Size(min = 1, max = 63)
        String column,

        @JsonPropertyDescription("Exactly so much, such as 4192387.34; trailing zeros make no difference.")
        @Size(max = 64)
        @Pattern("^-?[0-9]+([.][0-9]+)?$")
        String equals,

        @JsonPropertyDescription("At least so much.") @Size(max = 64) @Pattern("^-?[0-9]+([.][0-9]+)?$")
        String min,

        @JsonPropertyDescription("At most so much.") @Size(max = 64) @Pattern("^-?[0-9]+([.][0-9]+)?$")
        String max)
        implements Ruled {

    static final String RULE = "set equals, min or max";

    @Override
    public Optional<String> problem() {
        return equals != null || min != null || max != null ? Optional.empty() : Optional.of(RULE);
    }
}
