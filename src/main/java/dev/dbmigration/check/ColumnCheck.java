package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A column of a table or view: that it is there, or not, and what it is. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table or view that has the column.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Name of the column.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true.")
        Boolean exists,

        @JsonPropertyDescription("Type as PostgreSQL prints it, with its modifier, such as text or numeric(10,2).")
        @Size(max = 256)
        String type,

        @JsonPropertyDescription("Whether the column accepts NULL.")
        Boolean nullable,

        @JsonPropertyDescription("Default as PostgreSQL prints it, such as now(); an empty string: no default.")
        @JsonProperty("default")
        @Size(max = 1024)
        String defaultValue) {}
