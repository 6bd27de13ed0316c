package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.dbmigration.check.Check;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Shorthand for a MigrationVerification of the migration's name, which the operator then owns. */
public record Verify(
        @JsonPropertyDescription("What to find in the database once the migration is applied.")
        @Required
        @Size(min = 1, max = 100)
        List<Check> checks) {}
