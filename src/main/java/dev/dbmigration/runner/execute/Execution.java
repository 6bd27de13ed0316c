package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.HeldLock;
import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.runner.connect.Answer;
import dev.dbmigration.runner.connect.Series;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.LedgerEntry;
import dev.dbmigration.runner.remains.Leftovers;
import dev.dbmigration.runner.script.Echo;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs the statements of one file and keeps what became of each. */
final class Execution {

    private static final String CLIENT_MESSAGES = "client_min_messages";

    /** Its values with which notices are sent. */
    private static final Set<String> HEARD = Set.of("debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice");

    private final Workplace at;
    private final MigrationFile file;
    private final List<StatementResult> results = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<HeldLock> locks = new ArrayList<>();
    private final Map<Integer, String> skipped = new HashMap<>();
    private final long start;
    private Statement current;
    private int told;
    private final boolean changesMessages;
    private long begun;
    private List<Blocker> blockers = List.of();

    Execution(Workplace at, MigrationFile file) {
        this.at = at;
        this.file = file;
        this.start = at.millis();
        this.changesMessages = file.mentions(CLIENT_MESSAGES);
    }

    /** Runs one; when that throws, it stays the current one. */
    void run(Statement statement) throws SQLException {
        tellUpTo(statement.ordinal());
        current = statement;
        begun = at.millis();
        StringsCheck.check(at.connection(), file.name(), statement);
        if (statement.copy() != null) {
            note(watching(() -> new CopyRun(at, file.name()).run(statement)));
        } else {
            send(statement);
        }
        current = null;
    }

    /**
     * Runs these, each of which {@link Sharing#needsNoLook needs no look}, and sends them all before the first is
     * answered. Within a transaction: it keeps those behind one that fails from running. When that throws, the one that
     * failed stays the current one.
     */
    void run(List<Statement> statements) throws SQLException {
        Series series = new Series();
        statements.forEach(statement -> series.add(statement.text()));
        LockWatch.Watched watched = at.watched(file.options());
        Iterator<Statement> next = statements.iterator();
        next(next);
        try (watched) {
            at.sending(connection -> series.send(connection, answer -> {
                watched.next();
                told(StatementRun.of(current, answer, at.millis() - begun));
                next(next);
            }));
        } finally {
            blockers = watched.blockers();
        }
    }

    private void next(Iterator<Statement> statements) {
        current = statements.hasNext() ? statements.next() : null;
        begun = at.millis();
        if (current != null) {
            tellUpTo(current.ordinal());
        }
    }

    /** Runs SQL of our own that has to do with what {@code statement} has left; its failure is that of the statement. */
    void runFor(Statement statement, String sql) throws SQLException {
        current = statement;
        begun = at.millis();
        try (java.sql.Statement jdbc = at.connection().createStatement()) {
            execute(jdbc, sql);
        }
        current = null;
    }

    private void send(Statement statement) throws SQLException {
        try (java.sql.Statement jdbc = at.connection().createStatement()) {
            jdbc.setEscapeProcessing(false);
            if (StatementRun.maySkip(statement)) {
                hearing(jdbc, statement);
            } else {
                execute(jdbc, statement.text());
            }
            note(StatementRun.of(statement, jdbc, at.millis() - begun));
        }
    }

    private void tellUpTo(int ordinal) {
        while (told < file.echoes().size() && file.echoes().get(told).before() <= ordinal) {
            Echo echo = file.echoes().get(told++);
            at.log().line(file.name() + " line " + echo.line() + " says: " + echo.text());
        }
    }

    /** By a NOTICE alone the server says that it has skipped something; files of pg_dump turn notices off. */
    private void hearing(java.sql.Statement jdbc, Statement statement) throws SQLException {
        String messages = changesMessages ? at.ask("SHOW " + CLIENT_MESSAGES) : "notice";
        boolean deaf = !HEARD.contains(messages);
        if (deaf) {
            at.execute("SET " + CLIENT_MESSAGES + " = notice");
        }
        execute(jdbc, statement.text());
        if (deaf) {
            at.execute("SET " + CLIENT_MESSAGES + " = " + messages);
        }
    }

    private void execute(java.sql.Statement jdbc, String sql) throws SQLException {
        watching(() -> {
            at.execute(jdbc, sql);
            return null;
        });
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T watching(Work<T> work) throws SQLException {
        LockWatch.Watched watched = at.watched(file.options());
        try (watched) {
            return work.run();
        } finally {
            blockers = watched.blockers();
        }
    }

    private void note(StatementRun run) throws SQLException {
        boolean foundSomething = told(run);
        if (run.skipped()) {
            refuseInvalidIndex();
        }
        if (foundSomething) {
            at.skips().skipped(file, current, at.connection());
        }
    }

    /** Tells it, and whether the server spoke of something that was there already. */
    private boolean told(StatementRun run) {
        add(run.result());
        List<String> there = new ArrayList<>();
        for (SQLWarning notice : run.notices()) {
            at.log().quoted("  " + notice.getMessage());
            if (StatementRun.isSkip(notice)) {
                there.add(at.failures().masked(notice, current).replaceFirst(", skipping$", ""));
            }
        }
        warnOf(current, there);
        if (run.skipped()) {
            skipped.put(current.ordinal(), String.join("\n", there));
        }
        return !there.isEmpty();
    }

    private void warnOf(Statement statement, List<String> there) {
        there.forEach(what -> warn(statement, "skipped: " + what));
    }

    /** What was there already, a line each; null: the statement was not skipped. */
    String skipped(Statement statement) {
        return skipped.get(statement.ordinal());
    }

    /** An index that is there and INVALID enforces nothing and helps no query, so it is not what the file wants. */
    private void refuseInvalidIndex() throws SQLException {
        String invalid = Leftovers.invalidIndex(current, at.connection());
        if (invalid != null) {
            throw RunFailed.in(
                    file.name(),
                    current.ordinal(),
                    current.line(),
                    Reason.AlreadyExists,
                    "index " + invalid + " is there, but INVALID: somebody's CREATE INDEX CONCURRENTLY has failed",
                    "DROP INDEX CONCURRENTLY " + invalid + ", then ask for a new run");
        }
    }

    /** Notes one that went to the server with others. */
    void ran(Statement statement, Answer answer) throws SQLException {
        current = statement;
        note(StatementRun.of(statement, answer, -1));
        current = null;
    }

    /** An earlier run has done it, or found {@code there} what it would have made. */
    void alreadyDone(Statement statement, Optional<String> there) {
        StatementOutcome outcome = there.isPresent() ? StatementOutcome.Skipped : StatementOutcome.AlreadyApplied;
        add(new StatementResult(statement.ordinal(), statement.line(), outcome, -1, 0));
        there.ifPresent(lines -> warnOf(statement, lines.lines().toList()));
    }

    /** What remained of an earlier run was seen to be all of it. */
    void found(Statement statement) {
        add(new StatementResult(statement.ordinal(), statement.line(), StatementOutcome.OK, -1, 0));
    }

    /** What the transaction holds that is about to commit. */
    void holds(List<HeldLock> held) {
        locks.addAll(held);
    }

    void warn(Statement statement, String message) {
        warnings.add(new Warning(file.name(), statement.ordinal(), statement.line(), message));
    }

    private void add(StatementResult result) {
        results.add(result);
        at.log().statement(file.name(), result);
    }

    /** The one that is under way or has failed; null: none. */
    Statement current() {
        return current;
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
        return result(outcome, at.millis() - start);
    }

    /** For a file that took so many milliseconds. */
    FileResult result(FileOutcome outcome, long millis) {
        return new FileResult(file.name(), file.version().text(), outcome, millis, results, locks);
    }

    LedgerEntry entry() {
        return new LedgerEntry(file, outcome(), file.statements().size(), at.millis() - start);
    }

    FileEnd.Kept kept() {
        return kept(outcome(), at.millis() - start);
    }

    /** Kept with this outcome, after so many milliseconds. */
    FileEnd.Kept kept(FileOutcome outcome, long millis) {
        tellUpTo(Integer.MAX_VALUE);
        if (file.statements().isEmpty()) {
            warnings.add(new Warning(file.name(), 0, 0, "the file holds no statement; it is recorded all the same"));
        }
        return new FileEnd.Kept(result(outcome, millis), warnings);
    }
}
