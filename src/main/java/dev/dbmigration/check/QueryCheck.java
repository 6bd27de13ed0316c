package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A query that returns one value, no rows, or exactly the given rows. Exactly one of the three is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.equals), has(self.noRows), has(self.rows)].exists_one(x, x)",
        message = QueryCheck.RULE)
public record QueryCheck(
        @JsonPropertyDescription("The query, one statement; it runs in a read-only transaction, with row_security off.")
        @Required
        @Size(min = 1, max = 4096)
        String sql,

        @JsonPropertyDescription(
                "The value as PostgreSQL prints it; a NULL equals the word NULL, a boolean true or t, false or f.")
        @Size(max = 1024)
        String equals,

        @JsonPropertyDescription("Whether it returns no rows (true), or at least one (false).")
        Boolean noRows,

        @JsonPropertyDescription(
                "The rows in the order in which the query returns them, each a list of values as in equals.")
        @Size(max = 100)
        List<@Size(min = 1, max = 32) List<@Size(max = 1024) String>> rows)
        implements Ruled {

    static final String RULE = "set exactly one of equals, noRows and rows";

    @Override
    public Optional<String> problem() {
        return Stream.of(equals, noRows, rows).filter(Objects::nonNull).count() == 1
                ? Optional.empty()
                : Optional.of(RULE);
    }
}
