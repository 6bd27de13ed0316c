package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A sequence: that it is there, or not, and what it is. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SequenceCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the sequence.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Type of its values, such as bigint; aliases are understood.") @Size(max = 63)
        String type,

        @JsonPropertyDescription("Column that owns it, as table.column or schema.table.column; an empty string: none.")
        @Size(max = 191)
        String ownedBy,

        @JsonPropertyDescription("Whether its next value lies ahead of all values of the column that it fills.")
        Boolean ahead) {}
