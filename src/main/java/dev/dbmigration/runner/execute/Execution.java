package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.runner.ledger.LedgerEntry;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs the statements of one file, one after the other, and keeps what became of each. */
final class Execution {

    private final Workplace at;
    private final MigrationFile file;
    private final List<StatementResult> results = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final long start;
    private Statement current;
    private long begun;
    private List<Blocker> blockers = List.of();

    Execution(Workplace at, MigrationFile file) {
        this.at = at;
        this.file = file;
        this.start = at.millis();
    }

    /** Runs one; when that throws, it stays the current one. */
    void run(Statement statement) throws SQLException {
        current = statement;
        begun = at.millis();
        try (java.sql.Statement jdbc = at.connection().createStatement()) {
            jdbc.setEscapeProcessing(false);
            execute(jdbc, statement);
            note(StatementRun.of(statement, jdbc, at.millis() - begun));
        }
        current = null;
    }

    private void execute(java.sql.Statement jdbc, Statement statement) throws SQLException {
        LockWatch.Watched watched = at.watched();
        try (watched) {
            at.execute(jdbc, statement.text());
        } finally {
            blockers = watched.blockers();
        }
    }

    private void note(StatementRun run) {
        add(run.result());
        for (SQLWarning notice : run.notices()) {
            at.log().quoted("  " + notice.getMessage());
            if (StatementRun.isSkip(notice)) {
                String what = at.failures().masked(notice, current).replaceFirst(", skipping$", "");
                warn(current, "skipped: " + what);
            }
        }
    }

    /** An earlier run has done it. */
    void alreadyDone(Statement statement) {
        add(new StatementResult(statement.ordinal(), statement.line(), StatementOutcome.AlreadyApplied, -1, 0));
    }

    /** What remained of an earlier run was seen to be all of it. */
    void found(Statement statement) {
        add(new StatementResult(statement.ordinal(), statement.line(), StatementOutcome.OK, -1, 0));
    }

    void warn(Statement statement, String message) {
        warnings.add(new Warning(file.name(), statement.ordinal(), statement.line(), message));
    }

    private void add(StatementResult result) {
        results.add(result);
        at.log().statement(file.name(), result);
    }

    /** The failure of the current statement, or of the file where none is. */
    Failure failed(SQLException e) {
        if (current == null) {
            return at.failures().of(e, file, null);
        }
        add(new StatementResult(current.ordinal(), current.line(), StatementOutcome.Failed, -1, at.millis() - begun));
        Failure failure = at.failures().of(e, file, current);
        return failure.reason() == Reason.LockTimeout && !blockers.isEmpty()
                ? Kept.with(failure, "the lock was held by " + Blocker.listed(blockers))
                : failure;
    }

    /** The same failure, with names that the server knows and the statement may have meant; after the rollback. */
    Failure withNearNames(Failure f, SQLException e) {
        if (current == null) {
            return f;
        }
        String near = at.nearNames().hint(f.sqlState(), e.getMessage(), current);
        String hint = Stream.of(near, f.hint())
                .filter(Objects::nonNull)
                .reduce((a, b) -> a + " " + b)
                .orElse(null);
        return new Failure(f.file(), f.statement(), f.line(), f.sqlState(), f.reason(), f.message(), hint);
    }

    boolean hasRunAny() {
        return !results.isEmpty();
    }

    FileOutcome outcome() {
        boolean skipped =
                !results.isEmpty() && results.stream().allMatch(result -> result.outcome() == StatementOutcome.Skipped);
        return skipped ? FileOutcome.Skipped : FileOutcome.Applied;
    }

    FileResult result(FileOutcome outcome) {
        return new FileResult(file.name(), file.version().text(), outcome, at.millis() - start, results);
    }

    LedgerEntry entry() {
        return new LedgerEntry(
                file.version().text(),
                file.name(),
                file.source(),
                file.checksum(),
                outcome(),
                file.statements().size(),
                at.millis() - start);
    }

    FileEnd.Kept kept() {
        if (file.statements().isEmpty()) {
            warnings.add(new Warning(file.name(), 0, 0, "the file holds no statement; it is recorded all the same"));
        }
        return new FileEnd.Kept(result(outcome()), warnings);
    }
}
