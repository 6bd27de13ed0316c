package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.runner.words.Secret;
import java.io.PrintStream;

/** The lines that people read with {@code kubectl logs}; the only place for details, and never for the password. */
public final class RunLog {

    private final PrintStream out;
    private volatile Secret secret = new Secret(null);

    public RunLog(PrintStream out) {
        this.out = out;
    }

    /** From now on, this text is written as an ellipsis. */
    public void hide(String password) {
        secret = new Secret(password);
    }

    public void line(String text) {
        out.println(secret.apply(text));
        out.flush();
    }

    void statement(String file, StatementResult result) {
        String rows = result.rows() < 0 ? "" : ", " + result.rows() + (result.rows() == 1 ? " row" : " rows");
        line(place(file, result) + ": " + result.outcome() + rows + ", " + result.millis() + " ms");
    }

    private static String place(String file, StatementResult result) {
        return file + " statement " + result.statement() + ", line " + result.line();
    }
}
