package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An extension: that it is there, or not, and in which version. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExtensionCheck(
        @JsonPropertyDescription("Name of the extension.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Version at least, its parts compared as numbers, such as 1.6.") @Size(max = 63)
        String minVersion,

        @JsonPropertyDescription("Schema that its objects are in.") @Size(max = 63)
        String schema) {}
