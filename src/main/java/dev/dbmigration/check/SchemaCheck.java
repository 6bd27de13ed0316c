package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A schema: that it is there, or not, and whose it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SchemaCheck(
        @JsonPropertyDescription("Name of the schema.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Role that owns it.") @Size(max = 63)
        String owner) {}
