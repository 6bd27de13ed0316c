package dev.dbmigration.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A report as it crosses from the pod to the operator: JSON if it fits, else {@code z:} and Base64 of its deflated
 * JSON, else with the least important parts left out and named.
 */
public final class TerminationMessage {

    private static final String COMPRESSED = "z:";

    /** A quarter of a mebibyte is what is read of a log's end; the rest of the line needs its share. */
    private static final int LINE_BYTES = (1 << 18) - 2048;

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private TerminationMessage() {}

    /** At most {@code maxBytes} of UTF-8, and within {@link Bounds#STATUS}; 512 is enough for the least report. */
    public static String encode(Report report, int maxBytes) {
        Report smaller = Bounds.STATUS.apply(report);
        String message = carried(smaller, maxBytes);
        for (UnaryOperator<Report> step : Reduction.steps()) {
            if (fits(message, maxBytes)) {
                return message;
            }
            smaller = step.apply(smaller);
            message = carried(smaller, maxBytes);
        }
        return message;
    }

    private static String carried(Report report, int maxBytes) {
        String json = json(report);
        return fits(json, maxBytes) ? json : COMPRESSED + Deflated.encode(json);
    }

    /** The report on one line of JSON for a log: complete, unless that would be more than a log is for. */
    public static String line(Report report) {
        Report smaller = Bounds.LOG.apply(report);
        String line = json(smaller);
        for (UnaryOperator<Report> step : Reduction.steps()) {
            if (fits(line, LINE_BYTES)) {
                return line;
            }
            smaller = step.apply(smaller);
            line = json(smaller);
        }
        return line;
    }

    /** The report, or empty for whatever is none of this version: malformed, cut off, too large. */
    public static Optional<Report> decode(String message) {
        if (message == null || message.isBlank()) {
            return Optional.empty();
        }
        try {
            String text = message.strip();
            String json = text.startsWith(COMPRESSED) ? Deflated.decode(text.substring(COMPRESSED.length())) : text;
            Report report = JSON.readValue(json, Report.class);
            return usable(report) ? Optional.of(Bounds.STATUS.apply(report)) : Optional.empty();
        } catch (JsonProcessingException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean usable(Report report) {
        return report != null && report.schemaVersion() == Report.SCHEMA_VERSION && report.outcome() != null;
    }

    private static String json(Report report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean fits(String text, int maxBytes) {
        return text.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
    }
}
