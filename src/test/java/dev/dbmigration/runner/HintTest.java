package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the failure of a statement says beyond PostgreSQL's own words, and what it keeps to itself. */
class HintTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("hint");
    private RunDirectory run;

    @BeforeEach
    void tables() {
        database.execute("CREATE TABLE clinical_notes (id int, \"appointmentId\" text, note_type text);"
                + "CREATE SCHEMA billing; CREATE TABLE billing.invoices (id int);"
                + "CREATE TABLE patients (id int, ssn int)");
    }

    @Test
    void aTableByItsModelsName() {
        assertThat(failure("INSERT INTO \"ClinicalNote\" VALUES (1)").hint())
                .isEqualTo("did you mean \"clinical_notes\"?");
    }

    @Test
    void aTableOfAnotherSchema() {
        assertThat(failure("SELECT * FROM invoices").hint()).isEqualTo("did you mean \"billing\".\"invoices\"?");
        assertThat(failure("SELECT * FROM billing.invoice").hint()).isEqualTo("did you mean \"billing\".\"invoices\"?");
    }

    @Test
    void aColumnFoldedToLowerCase() {
        assertThat(failure("ALTER TABLE clinical_notes ALTER COLUMN appointmentId DROP NOT NULL")
                        .hint())
                .isEqualTo("did you mean \"appointmentId\"?");
        assertThat(failure("SELECT c.appointmentId FROM clinical_notes c").hint())
                .startsWith("did you mean \"appointmentId\"? Perhaps you meant to reference the column");
        assertThat(failure("UPDATE clinical_notes SET \"noteType\" = 'x'").hint())
                .isEqualTo("did you mean \"note_type\"?");
    }

    @Test
    void nothingWhereNothingIsNear() {
        assertThat(failure("SELECT * FROM zebra_crossings").hint()).isNull();
        assertThat(failure("SELECT no_such_function(1)").hint()).doesNotContain("did you mean");
    }

    @Test
    void theLedgerIsNotOffered() {
        new RunDirectory(root.resolve("first")).sql("0.sql", "SELECT 1").apply(database);

        assertThat(failure("SELECT * FROM migration").hint()).isNull();
    }

    @Test
    void dataStaysInTheLog() {
        Failure failure = failure("INSERT INTO patients (ssn) VALUES ('078-05-1120')");

        assertThat(failure.sqlState()).isEqualTo("22P02");
        assertThat(failure.message()).isEqualTo("invalid input syntax for type integer: \"…\"");
        assertThat(run.report().toString()).doesNotContain("078-05-1120");
        assertThat(run.log().lines().filter(line -> line.startsWith("dbmigration-report: ")))
                .singleElement()
                .satisfies(line -> assertThat(line).doesNotContain("078-05-1120"));
        assertThat(run.log()).contains("statement: INSERT INTO patients (ssn) VALUES ('078-05-1120')");
    }

    @Test
    void theRowsOfAConstraintStayInTheLogAndItsNameIsSaid() {
        database.execute(
                "ALTER TABLE patients ADD CONSTRAINT one_ssn UNIQUE (ssn); INSERT INTO patients VALUES (1, 777)");

        Failure failure = failure("INSERT INTO patients SELECT 2, 770 + 7");

        assertThat(failure.message()).contains("one_ssn");
        assertThat(run.report().toString()).doesNotContain("777");
        assertThat(run.log()).contains("Key (ssn)=(777) already exists");
    }

    @Test
    void thePasswordIsInNeither() {
        Failure failure = failure("DO $$ BEGIN RAISE EXCEPTION 'it is %', '" + database.password() + "'; END $$");

        assertThat(failure.message()).isEqualTo("it is …");
        assertThat(failure("DROP TABLE \"" + database.password() + "\"").message())
                .isEqualTo("table \"…\" does not exist");
        assertThat(run.log()).doesNotContain(database.password());
    }

    private Failure failure(String sql) {
        run = new RunDirectory(root).sql("1.sql", sql);
        return run.apply(database).failures().get(0);
    }
}
