package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How long a migration waits for what, as Go-style durations. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Timeouts(
        @JsonPropertyDescription(
                "From the run's decision to the container's start; what is missing may come meanwhile.")
        @Default("10m")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('168h')",
                message = "between 1s and 168h")
        String start,

        @JsonPropertyDescription("After which no further statement is begun; a container is ended. 0s: no bound.")
        @Default("0s")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(value = "duration(self) <= duration('168h')", message = "at most 168h")
        String run,

        @JsonPropertyDescription("How long to wait for the migration lock of the database.")
        @Default("10m")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(value = "duration(self) <= duration('168h')", message = "at most 168h")
        String lockWait,

        @JsonPropertyDescription("PostgreSQL's lock_timeout; absent: 5s.")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(value = "duration(self) <= duration('24h')", message = "at most 24h")
        String lock,

        @JsonPropertyDescription("PostgreSQL's statement_timeout, 0s: none; absent: the role's own.")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(value = "duration(self) <= duration('168h')", message = "at most 168h")
        String statement) {

    static final Timeouts DEFAULTS = new Timeouts(null, null, null, null, null);

    public Timeouts {
        start = start == null ? "10m" : start;
        run = run == null ? "0s" : run;
        lockWait = lockWait == null ? "10m" : lockWait;
    }
}
