package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When another attempt follows one that failed or was lost: after the initial backoff, doubled each time. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Retry(
        @JsonPropertyDescription("How many attempts may follow the first; lost ones count.")
        @Min(0)
        @Max(100)
        @Default("3")
        Integer limit,

        @JsonPropertyDescription("Time before the second attempt.")
        @Default("10s")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                message = "between 1s and 24h")
        String initialBackoff,

        @JsonPropertyDescription("Longest time between two attempts.")
        @Default("5m")
        @Size(min = 2, max = 32)
        @Pattern(ApiGroup.DURATION_PATTERN)
        @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                message = "between 1s and 24h")
        String maxBackoff) {

    static final Retry DEFAULTS = new Retry(null, null, null);

    public Retry {
        initialBackoff = initialBackoff == null ? "10s" : initialBackoff;
        maxBackoff = maxBackoff == null ? "5m" : maxBackoff;
        limit = limit == null ? 3 : limit;
    }
}
