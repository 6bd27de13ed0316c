package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A query that returns one row of one column, whose value as text equals the given one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueryCheck(
        @JsonPropertyDescription("The query, one statement; it runs in a read-only transaction, with row_security off.")
        @Required
        @Size(min = 1, max = 4096)
        String sql,

        @JsonPropertyDescription(
                "The value as PostgreSQL prints it; a NULL equals the word NULL, a boolean true or t, false or f.")
        @Required
        @Size(max = 1024)
        String equals) {}
