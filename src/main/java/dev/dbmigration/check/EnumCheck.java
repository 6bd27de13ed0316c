package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** An enum type with exactly these labels, in their order. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnumCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the enum type.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("The labels, all of them, in order.") @Required @Size(min = 1, max = 256)
        List<@Size(max = 63) String> labels) {}
