package dev.dbmigration.runner.execute;

import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.script.Lexer;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.Token;
import dev.dbmigration.runner.standing.Standing;

/** Which files may go to the server together with others, each in a transaction of its own. */
record Sharing(Workplace at, Standing standing) {

    /** Whether any may, in this run and as yet: the first file of all makes the ledger. */
    boolean isPossible() {
        return at.ledger().isKept() && at.mayShare();
    }

    /**
     * Whether this one may. What has to be looked at before or behind a statement forbids it: skips, COPY, \echo, and
     * strings that the server may read otherwise.
     */
    boolean allows(MigrationFile file) {
        return standing.isPending(file)
                && standing.row(file).isEmpty()
                && !standing.isBegun(file)
                && Manner.of(file, at.input().sql().transaction()).transaction() == Transaction.PerFile
                && file.echoes().isEmpty()
                && !file.mentions("exists")
                && !file.mentions("client_min_messages")
                && file.statements().stream().allMatch(Sharing::needsNoLook);
    }

    /** Whether nothing has to be known of the server before it, and nothing but its answer behind it. */
    static boolean needsNoLook(Statement statement) {
        return statement.copy() == null
                && statement.standardStrings() == null
                && !StatementRun.maySkip(statement)
                && isOne(statement.text());
    }

    /**
     * Whether the server too reads it as one statement: psql reads line by line, and may have split it otherwise. A
     * body written as {@code BEGIN ATOMIC} holds semicolons, and its file runs alone.
     */
    private static boolean isOne(String text) {
        Lexer lexer = new Lexer(text);
        int depth = 0;
        try {
            for (Token token = lexer.next(); token != null; token = lexer.next()) {
                if (token.kind() == Token.Kind.SEMICOLON && depth == 0) {
                    return false;
                }
                depth += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
            }
        } catch (Lexer.Unterminated e) {
            return false;
        }
        return depth == 0;
    }
}
