package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dbmigration.report.Report;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that hold semicolons of their own. */
class FunctionBodiesTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("bodies");

    @Test
    void standardBodiesOfFunctionsStayWhole() {
        assumeThat(Postgres.version()).as("BEGIN ATOMIC").isGreaterThanOrEqualTo(14);

        Report report = new RunDirectory(root).sql("1.sql", """
                        CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;
                        CREATE TABLE t (n int);
                        """).apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(report.files().get(0).statements()).hasSize(2);
        assertThat(database.query("SELECT f()")).isEqualTo("2");
    }

    @Test
    void bodiesOfFunctionsStayWhole() {
        Report report = new RunDirectory(root).sql("1.sql", """
                        CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN RETURN 3; END; $f$;
                        CREATE TABLE t (n int);
                        CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2);
                        COMMENT ON TABLE t IS 'really? yes; {d}';
                        SELECT '{"a": 1}'::jsonb ? 'a';
                        """).apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(report.files().get(0).statements()).hasSize(5);
        assertThat(database.query("SELECT g()")).isEqualTo("3");
        assertThat(database.query("SELECT obj_description('t'::regclass)")).isEqualTo("really? yes; {d}");
    }
}
