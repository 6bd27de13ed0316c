package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A view or materialized view: that it is there, or not, and what it is. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ViewCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the view.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Whether it is a materialized view.")
        Boolean materialized,

        @JsonPropertyDescription("Whether a materialized view holds data; a view always does.")
        Boolean populated,

        @JsonPropertyDescription("Columns that it has at least.") @Size(max = 256)
        List<@Size(min = 1, max = 63) String> columns) {}
