package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** No constraint is left NOT VALID. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NoUnvalidatedConstraintsCheck(
        @JsonPropertyDescription("Only in this schema; absent: in all but the system's.") @Size(max = 63)
        String schema) {}
