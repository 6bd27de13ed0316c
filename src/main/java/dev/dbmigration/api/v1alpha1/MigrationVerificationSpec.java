package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.dbmigration.check.Check;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What to check and where. Exactly one of {@code checks} and {@code container} is set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.checks) != has(self.container)", message = "set exactly one of checks and container")
@ValidationRule(value = "has(self.database) || has(self.migrationRef)", message = "set database, migrationRef or both")
@ValidationRule(value = "!(has(self.interval) && has(self.schedule))", message = "set interval or schedule, not both")
@ValidationRule(value = "has(self.schedule) || !has(self.timeZone)", message = "timeZone belongs to schedule")
@ValidationRule(
        value = "!has(self.checks)"
                + " || self.checks.filter(c, has(c.expectedSchema)).size() <= (has(self.migrationRef) ? 1 : 0)",
        message = "at most one check is expectedSchema, and it needs migrationRef")
public record MigrationVerificationSpec(
        @JsonPropertyDescription("The database to check; absent: that of the migration.")
        Database database,

        @JsonPropertyDescription("A migration of the same namespace; each of its applied runs is judged once.")
        NameReference migrationRef,

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
        String timeZone,

        @JsonPropertyDescription("What to find in the database.") @Size(min = 1, max = 100)
        List<Check> checks,

        @JsonPropertyDescription(
                "How the Pod's log tells the results of all checks, beside the report that the operator reads.")
        @Default("Text")
        ReportFormat reportFormat,

        @JsonPropertyDescription("An image to run, its entrypoint replaced; exit code 0 is a pass.")
        Container container,

        @JsonPropertyDescription("Settings of the Pod of each attempt.")
        PodSettings pod,

        @JsonPropertyDescription("How long to wait for what.")
        VerificationTimeouts timeouts,

        @JsonPropertyDescription("Start nothing new; what runs is finished and recorded.") @Default("false")
        Boolean suspend) {

    /** How results are written. */
    public enum ReportFormat {
        /** A line each, those that did not pass first. */
        Text,
        /** One object. */
        JSON,
        /** XML as JUnit's, which many CI systems read. */
        JUnit
    }

    public MigrationVerificationSpec {
        reportFormat = reportFormat == null ? ReportFormat.Text : reportFormat;
        pod = pod == null ? PodSettings.NONE : pod;
        timeouts = timeouts == null ? VerificationTimeouts.DEFAULTS : timeouts;
        suspend = suspend != null && suspend;
    }
}
