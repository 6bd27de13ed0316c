package dev.dbmigration.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A line of a log as an object of JSON, the same in the operator and in the Pods: absent is what is not known or has
 * no place in the line.
 *
 * @param timestamp RFC 3339, UTC
 * @param level {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}
 * @param subject the resource, run and attempt that it is about
 * @param stackTrace of the exception that it tells of, lines and all
 * @param report the complete report of a run as JSON, in the last line of a runner
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"timestamp", "level", "logger", "message", "subject", "stackTrace", "report"})
public record LogLine(
        String timestamp,
        String level,
        String logger,
        String message,
        @JsonUnwrapped Subject subject,
        String stackTrace,
        @JsonRawValue String report) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a line is about; null is what is not known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"kind", "namespace", "name", "run", "attempt"})
    public record Subject(String kind, String namespace, String name, Integer run, Integer attempt) {

        public static final Subject NONE = new Subject(null, null, null, null, null);

        /** {@code DatabaseMigration ehr/notes, run 3, attempt 1}, as far as it is known; empty: nothing is. */
        public String words() {
            StringBuilder words = new StringBuilder(kind == null ? "" : kind + " ");
            words.append(name == null ? "" : namespace + "/" + name);
            words.append(run == null ? "" : ", run " + run);
            words.append(attempt == null ? "" : ", attempt " + attempt);
            return words.toString();
        }
    }

    /** The object on one line, without a line break behind it. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
