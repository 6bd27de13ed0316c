package dev.dbmigration.runner.plan;

/**
 * What a statement does to a table that others use meanwhile: stable words, the same in report, status and
 * {@code docs/plan.md}. What locks and what rewrites is said on PostgreSQL's pages of the commands, most of it under
 * ALTER TABLE.
 */
public enum Hazard {
    IndexBlocksWrites(
            "CREATE INDEX without CONCURRENTLY: nobody can write to the table until the index is built",
            "CREATE INDEX CONCURRENTLY",
            "CREATE INDEX ON ONLY this table, CREATE INDEX CONCURRENTLY on each partition, then ALTER INDEX … ATTACH"
                    + " PARTITION"),
    NotNullScans(
            "SET NOT NULL: nobody can read or write the table until all of it has been looked through",
            "ADD CONSTRAINT … CHECK (… IS NOT NULL) NOT VALID, in another file VALIDATE CONSTRAINT, then SET NOT NULL"),
    CheckScans(
            "CHECK without NOT VALID: nobody can read or write the table until all of it has been looked through",
            "ADD CONSTRAINT … CHECK (…) NOT VALID, and in another file VALIDATE CONSTRAINT"),
    ForeignKeyScans(
            "FOREIGN KEY without NOT VALID: nobody can write to the table, nor to the one it refers to, until all of"
                    + " it has been looked through",
            "ADD CONSTRAINT … FOREIGN KEY … NOT VALID, and in another file VALIDATE CONSTRAINT",
            "the same on each partition first, NOT VALID and then VALIDATE CONSTRAINT"),
    ConstraintBuildsIndex(
            "UNIQUE or PRIMARY KEY without USING INDEX: nobody can read or write the table until its index is built",
            "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX",
            "a unique index ON ONLY this table, one built CONCURRENTLY on each partition, then ALTER INDEX … ATTACH"
                    + " PARTITION"),
    TypeRewrites(
            "the change of type: nobody can read or write the table until all of it is written anew",
            "add a column of the new type, fill it in steps, and let the application change over"),
    DefaultRewrites(
            "a column with a volatile default: nobody can read or write the table until all of it is written anew",
            "ADD COLUMN without a default, then SET DEFAULT, and fill the rows that are there in steps"),
    GeneratedRewrites(
            "a stored generated column: nobody can read or write the table until all of it is written anew",
            "add a plain column, keep it by a trigger, and fill the rows that are there in steps"),
    SerialRewrites(
            "a serial column: nobody can read or write the table until all of it is written anew",
            "ADD COLUMN without a default, SET DEFAULT nextval(…), and fill the rows that are there in steps"),
    IdentityRewrites(
            "an identity column: nobody can read or write the table until all of it is written anew",
            "ADD COLUMN without identity, fill the rows that are there in steps, then ADD GENERATED … AS IDENTITY"),
    PartitionScans(
            "ATTACH PARTITION of a table without a CHECK on the partition key: nobody can read or write that table"
                    + " until all of it has been looked through",
            "add a CHECK of the partition's bounds NOT VALID, VALIDATE CONSTRAINT in another file, then attach"),
    ColumnDropped(
            "DROP COLUMN: what the application's running version still reads or writes is gone, and so is the data",
            "drop it when no running version knows it any more"),
    TableDropped(
            "DROP TABLE: what the application's running version still reads or writes is gone, and so is the data",
            "drop it when no running version knows it any more"),
    Renamed(
            "RENAME: the application's running version knows the old name only",
            "add the new one beside it, or a view of the old name, until no running version needs that"),
    VacuumFullRewrites(
            "VACUUM FULL: nobody can read or write the table until all of it is written anew",
            "VACUUM without FULL, or pg_repack"),
    ClusterRewrites(
            "CLUSTER: nobody can read or write the table until all of it is written anew",
            "pg_repack, which orders the rows while others go on"),
    TruncateCascades(
            "TRUNCATE … CASCADE: every table that refers to this one is emptied too",
            "name all tables that are to be emptied, without CASCADE"),
    TwoExclusiveLocks(
            "a second table that nobody can read or write in the same transaction: others who use both in another"
                    + " order meet a deadlock, and both are closed until COMMIT",
            "change one table in one file");

    private final String what;
    private final String instead;
    private final String insteadOfPartitioned;

    Hazard(String what, String instead) {
        this(what, instead, instead);
    }

    Hazard(String what, String instead, String insteadOfPartitioned) {
        this.what = what;
        this.instead = instead;
        this.insteadOfPartitioned = insteadOfPartitioned;
    }

    /** What it means for others, in one sentence. */
    public String what() {
        return what;
    }

    /** What to write instead. */
    public String instead(boolean partitioned) {
        return partitioned ? insteadOfPartitioned : instead;
    }
}
