package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.ledger.LedgerEntry;
import dev.dbmigration.runner.script.Echo;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One file in one transaction with its ledger row. An instance runs once. */
final class FileRun {

    /** The file may have changed who we are and how patient; the rest of the transaction is ours. */
    private static final String OURSELVES = "RESET SESSION AUTHORIZATION; RESET ROLE; SET LOCAL statement_timeout = 0";

    private final Workplace at;
    private final MigrationFile file;
    private final List<StatementResult> results = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final long start;
    private Statement current;
    private long begun;
    private boolean ending;
    private boolean committing;
    private int told;

    FileRun(Workplace at, MigrationFile file) {
        this.at = at;
        this.file = file;
        this.start = at.millis();
    }

    FileEnd run() throws SQLException {
        at.settings().reset(at.connection());
        at.execute("BEGIN");
        try {
            for (Statement statement : file.statements()) {
                at.guard().check();
                run(statement);
            }
            tellUpTo(Integer.MAX_VALUE);
            at.guard().check();
            return commit();
        } catch (SQLException e) {
            return failed(e);
        } catch (RunFailed e) {
            return ended(e);
        } catch (RuntimeException | Error e) {
            at.rollback();
            throw e;
        }
    }

    private void run(Statement statement) throws SQLException {
        tellUpTo(statement.ordinal());
        current = statement;
        begun = at.millis();
        StringsCheck.check(at.connection(), file.name(), statement);
        if (statement.copy() != null) {
            note(new CopyRun(at, file.name()).run(statement));
        } else {
            send(statement);
        }
        current = null;
    }

    private void send(Statement statement) throws SQLException {
        try (java.sql.Statement jdbc = at.connection().createStatement()) {
            jdbc.setEscapeProcessing(false);
            execute(jdbc, statement.text());
            note(StatementRun.of(statement, jdbc, at.millis() - begun));
        }
    }

    private void tellUpTo(int ordinal) {
        while (told < file.echoes().size() && file.echoes().get(told).before() <= ordinal) {
            Echo echo = file.echoes().get(told++);
            at.log().line(file.name() + " line " + echo.line() + " says: " + echo.text());
        }
    }

    /** Deferred constraints, and the triggers behind them, as whom and with what settings the file has left. */
    private void checkConstraints() throws SQLException {
        try (java.sql.Statement jdbc = at.connection().createStatement()) {
            execute(jdbc, "SET CONSTRAINTS ALL IMMEDIATE");
        }
    }

    private void execute(java.sql.Statement jdbc, String sql) throws SQLException {
        at.guard().stop().begins(jdbc);
        try {
            jdbc.execute(sql);
        } finally {
            at.guard().stop().ends();
        }
    }

    private void note(StatementRun run) {
        results.add(run.result());
        at.log().statement(file.name(), run.result());
        for (SQLWarning notice : run.notices()) {
            at.log().line("  " + notice.getMessage());
            if (StatementRun.isSkip(notice)) {
                String what = at.failures().masked(notice, current).replaceFirst(", skipping$", "");
                warnings.add(new Warning(file.name(), current.ordinal(), current.line(), "skipped: " + what));
            }
        }
    }

    private FileEnd commit() throws SQLException {
        FileOutcome outcome = outcome();
        ending = true;
        checkConstraints();
        at.guard().check();
        at.execute(OURSELVES);
        long millis = at.millis() - start;
        at.record(new LedgerEntry(
                file.version().text(), file.name(), file.source(), file.checksum(), outcome, results.size(), millis));
        committing = true;
        at.commit();
        return new FileEnd.Kept(result(outcome), warnings());
    }

    private FileOutcome outcome() {
        boolean skipped =
                !results.isEmpty() && results.stream().allMatch(result -> result.outcome() == StatementOutcome.Skipped);
        return skipped ? FileOutcome.Skipped : FileOutcome.Applied;
    }

    private List<Warning> warnings() {
        if (results.isEmpty()) {
            warnings.add(new Warning(file.name(), 0, 0, "the file holds no statement; it is recorded all the same"));
        }
        return warnings;
    }

    private FileEnd failed(SQLException e) {
        if (committing && SqlStates.connectionLost(e.getSQLState())) {
            return new FileEnd.Unanswered(
                    result(FileOutcome.Failed), at.failures().atCommit(e, file));
        }
        if (current != null) {
            StatementResult result = failedResult();
            results.add(result);
            at.log().statement(file.name(), result);
        }
        at.rollback();
        return rolledBack(List.of(failure(e)));
    }

    private Failure failure(SQLException e) {
        if (ending) {
            return at.failures().atCommit(e, file);
        }
        Failure failure = at.failures().of(e, file, current);
        return current == null ? failure : withNearNames(failure, e);
    }

    private Failure withNearNames(Failure f, SQLException e) {
        String near = at.nearNames().hint(f.sqlState(), e.getMessage(), current);
        String hint = Stream.of(near, f.hint())
                .filter(Objects::nonNull)
                .reduce((a, b) -> a + " " + b)
                .orElse(null);
        return new Failure(f.file(), f.statement(), f.line(), f.sqlState(), f.reason(), f.message(), hint);
    }

    /** Ours, not the server's: it is this file's failure once one of its statements has run, or where it says so. */
    private FileEnd ended(RunFailed e) {
        at.rollback();
        if (results.isEmpty() && e.failures().get(0).file() == null) {
            throw e;
        }
        return rolledBack(e.failures().stream().map(this::placed).toList());
    }

    private Failure placed(Failure f) {
        return f.file() != null ? f : new Failure(file.name(), 0, 0, f.sqlState(), f.reason(), f.message(), f.hint());
    }

    private FileEnd rolledBack(List<Failure> failures) {
        return new FileEnd.RolledBack(result(FileOutcome.Failed), failures);
    }

    private StatementResult failedResult() {
        return new StatementResult(current.ordinal(), current.line(), StatementOutcome.Failed, -1, at.millis() - begun);
    }

    private FileResult result(FileOutcome outcome) {
        return new FileResult(file.name(), file.version().text(), outcome, at.millis() - start, results);
    }
}
