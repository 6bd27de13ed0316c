package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files {@code R__x.sql}: they run last, and again when they have changed. */
class RepeatableTest {

    private static final String SAY = "INSERT INTO said VALUES ('%s');";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("repeatable");

    private RunDirectory run() {
        database.execute("CREATE TABLE IF NOT EXISTS said (word text, n serial)");
        return new RunDirectory(root);
    }

    private Report applied(RunDirectory run) {
        Report report = run.apply(database);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        return report;
    }

    private String said() {
        return database.query("SELECT string_agg(word, ' ' ORDER BY n) FROM said");
    }

    @ParameterizedTest
    @EnumSource
    void theyRunBehindAllOthersByNameAndAgainWhenTheyHaveChanged(Transaction transaction) {
        RunDirectory run = run().file("a", "R__z.sql", SAY.formatted("z"))
                .file("a", "V1__x.sql", SAY.formatted("1"))
                .file("b", "R__a.sql", SAY.formatted("a"))
                .file("b", "x.sql", SAY.formatted("x"));
        run.transaction = transaction;
        applied(run);
        assertThat(said()).isEqualTo("1 x a z");

        assertThat(applied(run).summary().alreadyApplied()).isEqualTo(4);
        Report report = applied(run.file("a", "R__z.sql", SAY.formatted("Z")));

        assertThat(said()).isEqualTo("1 x a z Z");
        assertThat(report.files())
                .extracting("outcome")
                .containsExactly(
                        FileOutcome.AlreadyApplied,
                        FileOutcome.AlreadyApplied,
                        FileOutcome.AlreadyApplied,
                        FileOutcome.Applied);
        assertThat(applied(run).summary().alreadyApplied()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"who, 2", "late, 2", "unused, 1", "own, 1"})
    void aValueFromOutsideThatItUsesIsPartOfIt(String variable, String times) {
        RunDirectory run = run().sql(
                        "R__say.sql",
                        "\\set own mine\nINSERT INTO said SELECT :'own' WHERE :'who' IS NOT NULL OR :{?late};");
        run.sqlVariables = Map.of("who", "a", "own", "b");
        applied(run);

        Map<String, String> changed = new HashMap<>(run.sqlVariables);
        changed.put(variable, "c");
        run.sqlVariables = changed;
        applied(run);
        applied(run);

        assertThat(database.query("SELECT count(*) FROM said")).isEqualTo(times);
    }

    @Test
    void oneThatFailsStaysAsItWasRecorded() {
        RunDirectory run = run().sql("R__a.sql", SAY.formatted("a"));
        applied(run);

        Report report =
                run.sql("R__a.sql", SAY.formatted("b") + " DROP TABLE nowhere").apply(database);

        assertThat(report.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(applied(run.sql("R__a.sql", SAY.formatted("a"))).summary().alreadyApplied())
                .isEqualTo(1);
        assertThat(said()).isEqualTo("a");
    }

    @Test
    void aRoleThatMayNotReplaceItsRowIsToldTheGrant() {
        applied(run().sql("R__a.sql", "SELECT 1"));
        String role = database.name() + "_app";
        database.execute("CREATE ROLE " + role + " LOGIN; GRANT USAGE ON SCHEMA dbmigration TO " + role
                + "; GRANT SELECT, INSERT ON dbmigration.migrations TO " + role);
        RunDirectory run = run().sql("R__a.sql", "SELECT 2");

        Report refused = run.apply(database.as(role, "any"));

        assertThat(refused.reason()).isEqualTo(Reason.PermissionDenied);
        database.execute(refused.failures().get(0).hint().replaceFirst(".*run: ", ""));
        assertThat(run.apply(database.as(role, "any")).outcome()).isEqualTo(Outcome.Applied);
    }
}
