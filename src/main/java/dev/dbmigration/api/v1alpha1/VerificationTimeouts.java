package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How long a verification waits for what, as Go-style durations. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VerificationTimeouts(
        @JsonPropertyDescription(
                "From the run's decision to the container's start; what is missing may come meanwhile.")
        @Default("10m")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('168h')",
                message = "between 1s and 168h")
        String start,

        @JsonPropertyDescription("After which the Pod is ended. 0s: no bound.")
        @Default("10m")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(value = "duration(self) <= duration('168h')", message = "at most 168h")
        String run,

        @JsonPropertyDescription("PostgreSQL's statement_timeout, 0s: none.")
        @Default("30s")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(value = "duration(self) <= duration('168h')", message = "at most 168h")
        String statement) {

    static final VerificationTimeouts DEFAULTS = new VerificationTimeouts(null, null, null);

    public VerificationTimeouts {
        start = start == null ? "10m" : start;
        run = run == null ? "10m" : run;
        statement = statement == null ? "30s" : statement;
    }
}
