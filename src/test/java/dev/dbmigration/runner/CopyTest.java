package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only psql could run before: data within a file, variables, and the strings of another setting. */
class CopyTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("copy");

    private Report apply(String content) {
        return new RunDirectory(root).sql("001_dump.sql", content).apply(database);
    }

    private Failure failure(String content) {
        Report report = apply(content);
        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(database.query("SELECT to_regclass('dbmigration.migrations')"))
                .isNull();
        return report.failures().get(0);
    }

    @Test
    void aDumpOfPgDump() {
        Report report = apply("""
                \\restrict aB3
                SET standard_conforming_strings = on;
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE TABLE public.a (n int, s text);

                COPY public.a (n, s) FROM stdin;
                1	it's; -- "data"
                2	a\\tb \\\\ $$
                \\.

                SELECT 3 / (count(*) - 1) FROM public.a;
                \\unrestrict aB3
                """);

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(report.files().get(0).statements().get(3).rows()).isEqualTo(2);
        assertThat(database.query("SELECT string_agg(s, '|' ORDER BY n) FROM a"))
                .isEqualTo("it's; -- \"data\"|a\tb \\ $$");
    }

    @Test
    void dataBeginsBehindTheLineOfItsStatementAndMayEndWithTheFile() {
        Report report = apply("""
                CREATE TABLE a (n int); COPY a FROM STDIN; COPY a FROM STDIN WITH (FORMAT csv, HEADER); SELECT 1;
                1
                2
                \\.
                n
                "3\"""");

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(report.files().get(0).statements()).extracting("rows").containsExactly(-1L, 2L, 1L, 1L);
        assertThat(database.query("SELECT sum(n) FROM a")).isEqualTo("6");
    }

    @Test
    void whatTheServerSendsIsCountedAndNotKept() {
        RunDirectory run = new RunDirectory(root)
                .sql("001_out.sql", "COPY (SELECT 'a secret ' || n FROM generate_series(1, 5) n) TO STDOUT");

        Report report = run.apply(database);

        assertThat(report.files().get(0).statements().get(0).rows()).isEqualTo(5);
        assertThat(run.log()).contains("OK, 5 rows").doesNotContain("a secret");
    }

    @Test
    void anErrorInTheDataNamesItsLineAndNotItsValue() {
        Failure failure = failure("""
                CREATE TABLE a (n int);

                COPY a FROM STDIN;
                1
                two
                3
                \\.
                """);

        assertThat(failure.reason()).isEqualTo(Reason.DataError);
        assertThat(failure.statement()).isEqualTo(2);
        assertThat(failure.line()).isEqualTo(5);
        assertThat(failure.message()).contains("invalid input syntax").doesNotContain("two");
    }

    @Test
    void aNoticeOfATriggerIsInTheLog() {
        RunDirectory run = new RunDirectory(root).sql("001_trigger.sql", """
                CREATE TABLE a (n int);
                CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'row %', new.n; RETURN new; END $$;
                CREATE TRIGGER tell BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION tell();
                COPY a FROM STDIN;
                7
                \\.
                """);

        run.apply(database);

        assertThat(run.log()).contains("row 7");
    }

    @Test
    void stringsOfTheOldKindAreFollowed() {
        Report report = apply("""
                CREATE TABLE a (s text);
                SET standard_conforming_strings = off;
                INSERT INTO a VALUES ('it\\'s; one');
                SET standard_conforming_strings = on;
                INSERT INTO a VALUES ('back\\');
                """);

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT string_agg(s, '|' ORDER BY s DESC) FROM a"))
                .isEqualTo("it's; one|back\\");
    }

    @Test
    void aMissingColumnIsNamedBesideStringsOfTheOldKind() {
        Failure failure = failure("""
                CREATE TABLE a ("noteType" text);
                SET standard_conforming_strings = off;
                SELECT 'it\\'s', note_type FROM a;
                """);

        assertThat(failure.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(failure.line()).isEqualTo(3);
    }

    @Test
    void aStatementThatEndsInAnOpenStringForTheServerIsItsSyntaxError() {
        Failure failure = failure("CREATE TABLE a (s text);\nSELECT E'x'\n'\\';\nSELECT 2;");

        assertThat(failure.reason()).isEqualTo(Reason.SyntaxError);
        assertThat(failure.statement()).isEqualTo(2);
    }

    @Test
    void aStatementThatWouldBeReadOtherwiseThanItWasSplitDoesNotRun() {
        database.execute("ALTER DATABASE " + database.name() + " SET standard_conforming_strings = off");

        Failure failure =
                failure("CREATE TABLE a (s text);\n\nINSERT INTO a VALUES ('back\\'), ('; DROP TABLE a; --');");

        assertThat(failure.reason()).isEqualTo(Reason.UnsupportedFeature);
        assertThat(failure.statement()).isEqualTo(2);
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.hint()).contains("SET standard_conforming_strings = off");
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    @Test
    void variablesComeFromTheSpecAndEchoesGoToTheLogInTheirPlace() {
        RunDirectory run = new RunDirectory(root).sql("001_v.sql", """
                \\set name 'b ' :owner
                CREATE TABLE :"owner" (s text);
                \\echo now :name
                INSERT INTO :owner VALUES (:'name'), (':name'), ($$:name$$);
                \\echo end
                """);
        run.sqlVariables = Map.of("owner", "o1");

        Report report = run.apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT string_agg(s, '|' ORDER BY s) FROM o1"))
                .isEqualTo(":name|:name|b o1");
        assertThat(run.log().lines().filter(line -> line.contains("001_v.sql")))
                .extracting(line -> line.replaceAll(", \\d+ ms|, \\d+ rows?", ""))
                .containsSequence(
                        "001_v.sql statement 1, line 2: OK",
                        "001_v.sql line 3 says: now b o1",
                        "001_v.sql statement 2, line 4: OK",
                        "001_v.sql line 5 says: end");
    }
}
