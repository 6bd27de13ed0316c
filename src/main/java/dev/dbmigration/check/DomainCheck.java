package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A domain: that it is there, or not, and what it is. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DomainCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the domain.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Type that it is made of, with its modifier; aliases are understood.") @Size(max = 256)
        String type,

        @JsonPropertyDescription("Whether it accepts NULL.") Boolean nullable,

        @JsonPropertyDescription("Default as PostgreSQL prints it; an empty string: no default.")
        @JsonProperty("default")
        @Size(max = 1024)
        String defaultValue,

        @JsonPropertyDescription(
                "A condition that is one of its CHECK constraints, as PostgreSQL prints it, such as VALUE > 0.")
        @Size(max = 1024)
        String expression) {}
