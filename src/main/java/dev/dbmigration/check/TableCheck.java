package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * A table, partitioned table, view, materialized view or foreign table: that it is there, or not, and what it is.
 *
 * <p>What is absent is not looked at.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the table.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Columns that it has at least.") @Size(max = 256)
        List<@Size(min = 1, max = 63) String> columns,

        @JsonPropertyDescription("All of its columns, in any order.") @Size(max = 256)
        List<@Size(min = 1, max = 63) String> exactColumns,

        @JsonPropertyDescription(
                "How it is partitioned, as PostgreSQL prints it, such as RANGE (created); an empty string: not at all.")
        @Size(max = 1024)
        String partitionBy,

        @JsonPropertyDescription("Table that it is a partition of; an empty string: of none.") @Size(max = 63)
        String partitionOf,

        @JsonPropertyDescription("Whether row security is on.")
        Boolean rowSecurity) {}
