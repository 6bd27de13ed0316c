package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.Step;
import dev.dbmigration.runner.script.Checksum;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.StatementKind;
import java.util.List;
import java.util.Optional;

/** What earlier attempts have done of a file, as the ledger tells it statement by statement. */
record EarlierSteps(MigrationFile file, List<Step> steps) {

    /** The last statement that is in the database, from 1; those before it are too, or have left nothing. 0: none. */
    int done() {
        return steps.stream()
                .mapToInt(step -> step.begun() ? step.statement() - 1 : step.statement())
                .max()
                .orElse(0);
    }

    /** Whether nobody saw the end of the statement behind those that are done. */
    boolean isOpen() {
        return steps.stream().anyMatch(Step::begun);
    }

    /** What has run has to be what the file says still. */
    void refuseEdited() {
        steps.forEach(this::refuseEdited);
    }

    private void refuseEdited(Step step) {
        Optional<Statement> now = statement(step.statement());
        if (now.isEmpty() || !Checksum.of(now.get().text()).equals(step.hash())) {
            throw RunFailed.in(
                    file.name(),
                    step.statement(),
                    now.map(Statement::line).orElse(0),
                    Reason.ChecksumMismatch,
                    "statement " + step.statement() + " is not the one that has run",
                    "put the statements that have run back as they were; those behind them may be changed");
        }
    }

    private Optional<Statement> statement(int ordinal) {
        return ordinal <= file.statements().size()
                ? Optional.of(file.statements().get(ordinal - 1))
                : Optional.empty();
    }

    /** Temporary tables and the like went with the session of the attempt that made them. */
    void refuseLostSession() {
        int done = done();
        file.statements().stream()
                .filter(statement -> statement.ordinal() <= done && statement.kind() == StatementKind.TEMPORARY)
                .filter(statement -> done < file.statements().size())
                .findFirst()
                .ifPresent(statement -> {
                    throw RunFailed.in(
                            file.name(),
                            statement.ordinal(),
                            statement.line(),
                            Reason.PartiallyApplied,
                            "what this statement made ended with the session of an earlier attempt, which came to"
                                    + " statement " + done,
                            "see whether the rest needs it; do the rest by hand, or undo what was done, and remove"
                                    + " the file's rows from the table steps of the ledger");
                });
    }
}
