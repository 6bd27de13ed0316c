package dev.dbmigration.report;

import java.util.Optional;

/** The last line of a runner's log, by which the complete report can be found where the termination message is short. */
public final class ReportLine {

    private static final String PREFIX = "dbmigration-report: ";

    private ReportLine() {}

    public static String encode(Report report) {
        return PREFIX + TerminationMessage.line(report);
    }

    /** The report in a line of a log; empty where the line holds none. */
    public static Optional<Report> decode(String line) {
        return line.startsWith(PREFIX) ? TerminationMessage.decode(line.substring(PREFIX.length())) : Optional.empty();
    }
}
