package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.RunInput.Resolved;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.Step;
import dev.dbmigration.runner.ledger.Steps;
import dev.dbmigration.runner.script.Checksum;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How far a file has come, statement by statement: in the ledger from the first one to the file's own row. */
final class Progress {

    private final Workplace at;
    private final MigrationFile file;
    private final Steps steps;
    private List<Step> earlier = List.of();
    /** The last statement that is known to be in the database; those before it are too, or have left nothing. */
    private int done;
    /** The statement outside transactions that this attempt has begun and whose end is not kept yet; 0: none. */
    private int underWay;

    Progress(Workplace at, MigrationFile file) {
        this.at = at;
        this.file = file;
        this.steps = at.ledger().steps(file.version().text());
    }

    /**
     * Reads what earlier attempts have done.
     *
     * @throws RunFailed where the file is another one by now, or what was done cannot be built upon
     */
    void open() throws SQLException {
        earlier = steps.open();
        new EarlierSteps(file, earlier).refuseEdited();
        resolve();
        EarlierSteps known = new EarlierSteps(file, earlier);
        done = known.done();
        known.refuseLostSession();
    }

    /** What a person has found out about a statement of which we do not know how far it came. */
    private void resolve() throws SQLException {
        for (Step step : List.copyOf(earlier)) {
            Optional<Resolved.As> found = step.begun() ? resolved(step.statement()) : Optional.empty();
            if (found.isPresent()) {
                at.log()
                        .line(file.name() + " statement " + step.statement() + ": " + found.get()
                                + ", as spec.sql.resolve says");
                if (found.get() == Resolved.As.Applied) {
                    steps.finish(step.statement(), null);
                } else {
                    steps.forget(step.statement());
                }
                earlier = steps.open();
            }
        }
    }

    private Optional<Resolved.As> resolved(int statement) {
        return at.input().sql().resolve().stream()
                .filter(entry -> entry.file().equals(file.name()) && entry.statement() == statement)
                .map(Resolved::as)
                .findFirst();
    }

    /** Whether these statements are in the database. */
    boolean hasDone(List<Statement> block) {
        return block.get(block.size() - 1).ordinal() <= done;
    }

    /** What an attempt was about to do with {@code statement} when it was last seen; empty: nothing. */
    Optional<Step> begun(Statement statement) {
        return earlier.stream()
                .filter(step -> step.begun() && step.statement() == statement.ordinal())
                .findFirst();
    }

    /** What was there already when an earlier attempt ran it, as in {@link Step}; empty: it was not skipped. */
    Optional<String> skipped(Statement statement) {
        return earlier.stream()
                .filter(step -> step.skipped() != null && step.statement() == statement.ordinal())
                .map(Step::skipped)
                .findFirst();
    }

    /** Keeps these as done, if the open transaction commits; {@code execution} knows what of them was skipped. */
    void add(List<Statement> statements, Execution execution) throws SQLException {
        steps.add(statements.stream()
                .map(statement ->
                        Step.done(statement.ordinal(), Checksum.of(statement.text()), execution.skipped(statement)))
                .toList());
    }

    /** The transaction with these has committed. */
    void kept(List<Statement> statements) {
        done = statements.get(statements.size() - 1).ordinal();
        underWay = 0;
    }

    /** Keeps what is there before a statement runs outside transactions. */
    void begin(Statement statement, String before) throws SQLException {
        steps.add(List.of(Step.begun(statement.ordinal(), Checksum.of(statement.text()), before)));
    }

    /** From here on nobody may know how far this one, which is kept as begun, has come. */
    void starts(Statement statement) {
        underWay = statement.ordinal();
    }

    /** Keeps that a statement has run outside transactions; {@code execution} knows whether it was skipped. */
    void finish(Statement statement, Execution execution) throws SQLException {
        steps.finish(statement.ordinal(), execution.skipped(statement));
    }

    void clear() throws SQLException {
        steps.clear();
    }

    /** The failures, of which the first one says what is kept. */
    List<Failure> told(List<Failure> failures) {
        return underWay == 0 ? Kept.upTo(done, failures) : Kept.before(underWay, failures);
    }
}
