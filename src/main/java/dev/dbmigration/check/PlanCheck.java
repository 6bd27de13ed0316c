package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/** How the server plans a query that only reads. At least one expectation of the plan is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.usesIndex) || has(self.noSeqScanOn) || has(self.maxCost)", message = PlanCheck.RULE)
public record PlanCheck(
        @JsonPropertyDescription("The query, one statement that only reads; it is planned, and not run unless analyze.")
        @Required
        @Size(min = 1, max = 4096)
        String sql,

        @JsonPropertyDescription("Whether the query is run, within timeouts.statement, and what was not executed of"
                + " its plan is left out; absent: false.")
        Boolean analyze,

        @JsonPropertyDescription("An index that the plan uses, or one of its partitions.") @Size(min = 1, max = 63)
        String usesIndex,

        @JsonPropertyDescription("Tables that are not read as a whole, nor their partitions; schema.table, or table"
                + " in the first schema of the search_path that has it.")
        @Size(min = 1, max = 32)
        List<@Size(min = 1, max = 127) String> noSeqScanOn,

        @JsonPropertyDescription("The highest estimated cost of the whole, in the planner's unit.") @Min(0)
        Long maxCost)
        implements Ruled {

    static final String RULE = "set usesIndex, noSeqScanOn or maxCost";

    /** Whether the query is run. */
    public boolean runs() {
        return Boolean.TRUE.equals(analyze);
    }

    @Override
    public Optional<String> problem() {
        return usesIndex != null || noSeqScanOn != null || maxCost != null ? Optional.empty() : Optional.of(RULE);
    }
}
