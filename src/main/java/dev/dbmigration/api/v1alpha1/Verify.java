package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.dbmigration.check.Check;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Shorthand for a MigrationVerification of the migration's name, which the operator then owns. */
@ValidationRule(value = "!(has(self.interval) && has(self.schedule))", message = "set interval or schedule, not both")
@ValidationRule(value = "has(self.schedule) || !has(self.timeZone)", message = "timeZone belongs to schedule")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verify(
        @JsonPropertyDescription("What to find in the database once the migration is applied.")
        @Required
        @Size(min = 1, max = 100)
        List<Check> checks,

        @JsonPropertyDescription(
                "Run the checks again and again, so long after the last run began; absent: once for each run of the migration.")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(
                value = "duration(self) >= duration('10s') && duration(self) <= duration('8760h')",
                message = "between 10s and 8760h")
        String interval,

        @JsonPropertyDescription(
                "Run the checks again at these times: minute, hour, day of month, month and day of week, as cron has them.")
        @Size(min = 1, max = 256)
        String schedule,

        @JsonPropertyDescription("Time zone of the schedule, by its name in the IANA database; absent: UTC.")
        @Size(min = 1, max = 64)
        String timeZone) {}
