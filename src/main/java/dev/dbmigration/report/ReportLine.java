package dev.dbmigration.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * The last line of a runner's log, by which the complete report can be found where the termination message is short: in
 * a plain log behind a word of its own, in one of {@link LogLine}s as the field {@value #FIELD}.
 */
public final class ReportLine {

    private static final String PREFIX = "dbmigration-report: ";
    private static final String FIELD = "report";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportLine() {}

    /** The line of a plain log. */
    public static String encode(Report report) {
        return PREFIX + TerminationMessage.line(report);
    }

    /** The report in a line of a log of either format; empty where the line holds none. */
    public static Optional<Report> decode(String line) {
        if (line.startsWith(PREFIX)) {
            return TerminationMessage.decode(line.substring(PREFIX.length()));
        }
        return line.startsWith("{") ? field(line) : Optional.empty();
    }

    private static Optional<Report> field(String line) {
        try {
            return TerminationMessage.decode(JSON.readTree(line).path(FIELD).toString());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
