package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * A function or procedure: that it is there, or not, and what it is. What is absent is not looked at.
 *
 * <p>Without arguments, that of several of one name is meant which is nearest to the rest.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the function.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription(
                "Types of its input arguments, in order, all of them; aliases are understood; an empty list: no arguments.")
        @Size(max = 100)
        List<@Size(min = 1, max = 256) String> arguments,

        @JsonPropertyDescription(
                "Type that it returns, such as trigger, integer or SETOF text; aliases are understood.")
        @Size(max = 1024)
        String returns,

        @JsonPropertyDescription("Language that it is written in, such as sql or plpgsql.") @Size(max = 63)
        String language,

        @JsonPropertyDescription("What the planner may assume of it.")
        Volatility volatility) {

    /** See https://www.postgresql.org/docs/current/xfunc-volatility.html. */
    public enum Volatility {
        Immutable,
        Stable,
        Volatile
    }
}
