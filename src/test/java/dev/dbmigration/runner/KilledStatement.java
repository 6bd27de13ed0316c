package dev.dbmigration.runner;

import java.util.List;

/** Each kind of statement that is killed: what is there before it, how it reads, and what makes it wait on its way. */
enum KilledStatement {
    INSERT(Form.of("INSERT INTO a VALUES (6, 'f')").waitingFor("LOCK TABLE a IN SHARE MODE")),

    UPDATE(Form.of("UPDATE a SET n = n + 1").waitingFor("LOCK TABLE a IN SHARE MODE")),

    UPDATE_STEP_BY_STEP(Form.of("UPDATE a SET n = n + 1")
            .under("-- dbmigration: transaction=statement")
            .waitingFor("LOCK TABLE a IN SHARE MODE")),

    COPY(Form.of("COPY a FROM STDIN;\n6\tf\n7\tg\n\\.\n").waitingFor("LOCK TABLE a IN SHARE MODE")),

    COPY_STEP_BY_STEP(Form.of("COPY a FROM STDIN;\n6\tf\n7\tg\n\\.\n")
            .under("-- dbmigration: transaction=statement")
            .waitingFor("LOCK TABLE a IN SHARE MODE")),

    CREATE_TABLE(Form.of("CREATE TABLE made (n int PRIMARY KEY)").waitingFor("CREATE TABLE made ()")),

    ALTER_TABLE(Form.of("ALTER TABLE a ADD COLUMN made int NOT NULL DEFAULT 1")
            .waitingFor("LOCK TABLE a IN ACCESS SHARE MODE")),

    ADD_VALUE(Form.of("ALTER TYPE mood ADD VALUE 'calm'")
            .after("CREATE TYPE mood AS ENUM ('glad', 'sad')")
            .waitingFor("ALTER TYPE mood ADD VALUE 'wild'")),

    CREATE_INDEX(Form.of("CREATE INDEX a_n ON a (n)").waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    CREATE_INDEX_CONCURRENTLY(
            Form.of("CREATE INDEX CONCURRENTLY a_n ON a (n)").waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    CREATE_UNNAMED_INDEX_CONCURRENTLY(
            Form.of("CREATE UNIQUE INDEX CONCURRENTLY ON a (n)").waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    CREATE_INDEX_CONCURRENTLY_IF_NOT_EXISTS(Form.of("CREATE INDEX CONCURRENTLY IF NOT EXISTS a_n ON a (n)")
            .waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    DROP_INDEX_CONCURRENTLY(Form.of("DROP INDEX CONCURRENTLY a_n")
            .after("CREATE INDEX a_n ON a (n)")
            .waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    REINDEX_INDEX_CONCURRENTLY(Form.of("REINDEX INDEX CONCURRENTLY a_n")
            .after("CREATE INDEX a_n ON a (n)")
            .waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    REINDEX_TABLE_CONCURRENTLY(Form.of("REINDEX TABLE CONCURRENTLY a")
            .after("CREATE INDEX a_n ON a (n); ALTER TABLE a ADD UNIQUE (t)")
            .waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    REINDEX_SCHEMA(Form.of("REINDEX SCHEMA public")
            .after("CREATE INDEX a_n ON a (n)")
            .waitingFor("LOCK TABLE a IN ROW EXCLUSIVE MODE")),

    DETACH_CONCURRENTLY(Form.of("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY")
            .after("CREATE TABLE p (n int) PARTITION BY RANGE (n);"
                    + " CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10); INSERT INTO p VALUES (1)")
            .waitingFor("LOCK TABLE p IN ACCESS SHARE MODE")),

    VACUUM(Form.of("VACUUM a").waitingFor("LOCK TABLE a IN SHARE UPDATE EXCLUSIVE MODE")),

    ALTER_SYSTEM(Form.of("ALTER SYSTEM SET log_min_duration_sample = 77")),

    DISCARD_ALL(Form.of("DISCARD ALL")),

    REFRESH_CONCURRENTLY(Form.of("REFRESH MATERIALIZED VIEW CONCURRENTLY m")
            .after("CREATE MATERIALIZED VIEW m AS SELECT n FROM a; CREATE UNIQUE INDEX ON m (n);"
                    + " INSERT INTO a VALUES (8, 'h')")
            .waitingFor("LOCK TABLE a IN ACCESS EXCLUSIVE MODE")),

    OWN_TRANSACTION(Form.of("BEGIN;\nUPDATE a SET n = n + 1;\nINSERT INTO a VALUES (9, 'i');\nCOMMIT")
            .waitingFor("LOCK TABLE a IN SHARE MODE")),

    DO_THAT_COMMITS(Form.of("DO $$ BEGIN UPDATE a SET n = n + 1; COMMIT; INSERT INTO gate VALUES (1); END $$")
            .waitingFor("LOCK TABLE gate IN SHARE MODE")
            .neverGuessed()),

    /** Where nothing is left to do it does not commit, and would run in a transaction without complaint. */
    DO_IN_BATCHES(Form.of("DO $$ BEGIN LOOP UPDATE a SET t = upper(t) WHERE n IN"
                    + " (SELECT n FROM a WHERE t <> upper(t) ORDER BY n LIMIT 2);"
                    + " EXIT WHEN NOT FOUND; COMMIT; END LOOP; END $$")
            .waitingFor("SELECT FROM a WHERE n = 5 FOR UPDATE")
            .neverGuessed()),

    CALL_THAT_COMMITS(Form.of("CALL p()")
            .after("CREATE PROCEDURE p() LANGUAGE plpgsql AS"
                    + " 'BEGIN UPDATE a SET n = n + 1; COMMIT; INSERT INTO gate VALUES (1); END'")
            .waitingFor("LOCK TABLE gate IN SHARE MODE")
            .neverGuessed());

    private final Form form;

    KilledStatement(Form form) {
        this.form = form;
    }

    /** Makes what is there before, each piece in a transaction of its own. */
    List<String> before() {
        return List.of(
                "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0); CREATE TABLE gate (n int);"
                        + " CREATE TABLE a (n int, t text);"
                        + " INSERT INTO a SELECT n, chr(96 + n) FROM generate_series(1, 5) AS n",
                form.before());
    }

    /** The file in which it stands, between two statements that take effect once or are found out. */
    String file() {
        String end = form.sql().endsWith("\n") ? "" : ";\n";
        return form.head() + "\nUPDATE counter SET n = n + 1;\n" + form.sql() + end + "UPDATE counter SET n = n + 10";
    }

    /** The last of its messages to the server, as far as that is text. */
    String message() {
        return form.sql().startsWith("BEGIN")
                ? form.sql().split(";\n")[2]
                : form.sql().split(";\n")[0];
    }

    /** What another session does in a transaction so that it waits; null: nothing makes it wait. */
    String gate() {
        return form.gate();
    }

    /** Whether it may end as {@code PartiallyApplied}, since how far it came cannot be seen. */
    boolean mayStayOpen() {
        return form.open();
    }

    /** The first major version of PostgreSQL that knows it. */
    int since() {
        return this == DETACH_CONCURRENTLY ? 14 : 13;
    }

    /** Its number in its file. */
    int place() {
        return 2;
    }

    private record Form(String sql, String head, String before, String gate, boolean open) {

        static Form of(String sql) {
            return new Form(sql, "", "", null, false);
        }

        Form under(String header) {
            return new Form(sql, header, before, gate, open);
        }

        Form after(String setup) {
            return new Form(sql, head, setup, gate, open);
        }

        Form waitingFor(String lock) {
            return new Form(sql, head, before, lock, open);
        }

        Form neverGuessed() {
            return new Form(sql, head, before, gate, true);
        }
    }
}
