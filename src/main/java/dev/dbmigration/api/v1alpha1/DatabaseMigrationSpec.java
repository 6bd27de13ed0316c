package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** What to run, where, and how patiently. Exactly one of {@code sql} and {@code container} is set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.sql) != has(self.container)", message = "set exactly one of sql and container")
@ValidationRule(
        value = "!has(self.verify)"
                + " || self.verify.checks.filter(c, has(c.expectedSchema)).size() <= (has(self.sql) ? 1 : 0)",
        message = "at most one check is expectedSchema, and it needs sql")
public record DatabaseMigrationSpec(
        @JsonPropertyDescription("The database to migrate.") @Required
        Database database,

        @JsonPropertyDescription("SQL files to apply, each version once.")
        Sql sql,

        @JsonPropertyDescription("An image to run, its entrypoint replaced.")
        Container container,

        @JsonPropertyDescription("Settings of the Pod of each attempt.")
        PodSettings pod,

        @JsonPropertyDescription("How long to wait for what.")
        Timeouts timeouts,

        @JsonPropertyDescription("Attempts after the first, for failures that another attempt can cure.")
        Retry retry,

        @JsonPropertyDescription("Checks to pass after each applied run; Ready waits for them.")
        Verify verify,

        @JsonPropertyDescription("Start nothing new; what runs is finished and recorded.") @Default("false")
        Boolean suspend,

        @JsonPropertyDescription("How many ended runs status.history keeps.") @Min(0) @Max(100) @Default("10")
        Integer historyLimit) {

    public DatabaseMigrationSpec {
        pod = pod == null ? PodSettings.NONE : pod;
        timeouts = timeouts == null ? Timeouts.DEFAULTS : timeouts;
        retry = retry == null ? Retry.DEFAULTS : retry;
        suspend = suspend != null && suspend;
        historyLimit = historyLimit == null ? 10 : historyLimit;
    }
}
