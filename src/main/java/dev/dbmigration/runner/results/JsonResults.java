package dev.dbmigration.runner.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckSummary;
import dev.dbmigration.report.Report.Outcome;
import java.util.List;

/** One object: what was verified, what it came to, the counts, and each check. */
final class JsonResults {

    private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private record Document(
            String verification, Outcome outcome, String message, CheckSummary summary, List<CheckResult> checks) {}

    private JsonResults() {}

    static String of(Report report, List<CheckResult> checks, String subject) {
        try {
            return WRITER.writeValueAsString(
                    new Document(subject, report.outcome(), report.message(), report.checkSummary(), checks));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
