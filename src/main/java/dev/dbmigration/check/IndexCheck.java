package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** An index: that it is there, or not, and what it is. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IndexCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the index.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Table it belongs to.") @Size(max = 63)
        String table,

        @JsonPropertyDescription(
                "Its key columns in order, all of them, without INCLUDE; an expression as PostgreSQL prints it.")
        @Size(max = 32)
        List<@Size(min = 1, max = 1024) String> columns,

        @JsonPropertyDescription("Whether it is unique.") Boolean unique,

        @JsonPropertyDescription("Whether it is valid, so that queries may use it.")
        Boolean valid,

        @JsonPropertyDescription("Access method, such as btree or gin.") @Size(max = 63)
        String method,

        @JsonPropertyDescription("Columns that are only INCLUDEd, in order, all of them; an empty list: none.")
        @Size(max = 32)
        List<@Size(min = 1, max = 63) String> include,

        @JsonPropertyDescription("Condition of a partial index, as PostgreSQL prints it; an empty string: none.")
        @Size(max = 1024)
        String predicate) {}
