package dev.dbmigration.runner.execute;

import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.script.FileOptions;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.util.Optional;

/**
 * In what transactions a file runs: as it has to, else as it says itself, else as the resource says.
 *
 * @param why what decides that, in words
 */
record Manner(Transaction transaction, String why) {

    /** That of a file of which nothing has run yet; {@code asked} is what the resource says. */
    static Manner of(MigrationFile file, Transaction asked) {
        Optional<Statement> notWrapped = file.notWrapped();
        if (notWrapped.isPresent()) {
            return new Manner(Transaction.PerStatement, because(notWrapped.get()));
        }
        FileOptions.Wrapping said = file.options().transaction();
        if (said == null || asked == Transaction.All) {
            return new Manner(asked, "spec.sql.transaction is " + asked);
        }
        return said == FileOptions.Wrapping.STATEMENT
                ? new Manner(Transaction.PerStatement, "the head of the file says transaction=statement")
                : new Manner(Transaction.PerFile, "the head of the file says transaction=file");
    }

    private static String because(Statement statement) {
        return statement.kind().controlsTransactions()
                ? "line " + statement.line()
                        + " begins or ends a transaction itself, and such ones are kept as they are"
                : "line " + statement.line() + " cannot run in a transaction";
    }
}
