package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/** How many rows a table holds, counted. At least one bound is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.equals) || has(self.min) || has(self.max)", message = RowCountCheck.RULE)
public record RowCountCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table whose rows are counted.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Exactly so many.") @Min(0) Long equals,

        @JsonPropertyDescription("At least so many.") @Min(0)
        Long min,

        @JsonPropertyDescription("At most so many.") @Min(0) Long max)
        implements Ruled {

    static final String RULE = "set equals, min or max";

    @Override
    public Optional<String> problem() {
        return equals != null || min != null || max != null ? Optional.empty() : Optional.of(RULE);
    }
}
