package dev.dbmigration.runner.script;

/** What a statement has to do with transactions. */
public enum StatementKind {
    /** Runs in a transaction as well as outside. */
    ORDINARY,
    /** Changes settings of the session and nothing in the database, so that it may be repeated. */
    SESSION,
    /** Makes something that ends with the session, such as a temporary table. */
    TEMPORARY,
    /** Begins a transaction. */
    BEGIN,
    /** Ends a transaction and keeps it. */
    COMMIT,
    /** Ends a transaction and drops it. */
    ROLLBACK,
    /** Marks, frees or returns to a savepoint. */
    SAVEPOINT,
    /** The server refuses it in a transaction. */
    OUTSIDE;

    /** Whether the file then has transactions of its own. */
    public boolean controlsTransactions() {
        return this == BEGIN || this == COMMIT || this == ROLLBACK || this == SAVEPOINT;
    }
}
