package dev.dbmigration.runner.execute;

import dev.dbmigration.report.LogFormat;
import dev.dbmigration.report.LogLine;
import dev.dbmigration.report.LogLine.Subject;
import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.ReportLine;
import dev.dbmigration.report.TerminationMessage;
import dev.dbmigration.runner.words.Secret;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * The lines that people read with {@code kubectl logs}, or objects of JSON for a collector; the only place for details,
 * and never for the password.
 */
public final class RunLog {

    private static final String LOGGER = "dev.dbmigration.runner";

    private final LogFormat format;
    private final PrintStream out;
    private final Clock clock;
    private volatile Secret secret = Secret.NONE;
    private volatile Subject subject = Subject.NONE;

    public RunLog(LogFormat format, PrintStream out, Clock clock) {
        this.format = format;
        this.out = out;
        this.clock = clock;
    }

    /** From now on, this is written as an ellipsis. */
    public void hide(Secret password) {
        secret = password;
    }

    /** What all lines from now on are about: a first plain line says so, each object of JSON does. */
    public void about(Subject whose) {
        subject = whose;
        line(whose.words());
    }

    public void line(String text) {
        write("INFO", text, null);
    }

    /** What somebody else said, without what looks like a credential. */
    public void quoted(String text) {
        line(Masking.mask(text));
    }

    /** What keeps the run from its goal. */
    public void problem(String text) {
        write("ERROR", text, null);
    }

    /** What nobody has foreseen, and where it happened. */
    public void problem(String text, Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        write("ERROR", text, trace.toString());
    }

    /** The complete report; nothing may follow it. */
    public void report(Report report) {
        print(
                format == LogFormat.plain
                        ? ReportLine.encode(report)
                        : json("INFO", "the complete report", null, TerminationMessage.line(report)));
    }

    void statement(String file, StatementResult result) {
        String rows = result.rows() < 0 ? "" : ", " + result.rows() + (result.rows() == 1 ? " row" : " rows");
        String millis = result.millis() < 0 ? "" : ", " + result.millis() + " ms";
        line(place(file, result) + ": " + result.outcome() + rows + millis);
    }

    private static String place(String file, StatementResult result) {
        return file + " statement " + result.statement() + ", line " + result.line();
    }

    private void write(String level, String text, String stackTrace) {
        String told = secret.apply(text);
        String trace = stackTrace == null ? null : secret.apply(stackTrace);
        if (format == LogFormat.json) {
            print(json(level, told, trace, null));
        } else {
            print(trace == null ? told : told + System.lineSeparator() + trace.stripTrailing());
        }
    }

    private String json(String level, String text, String stackTrace, String report) {
        String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        return new LogLine(now, level, LOGGER, text, subject, stackTrace, report).json();
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
