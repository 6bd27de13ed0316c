package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two resources on one database that have a file in common. */
class OtherScopeTest {

    private static final String SAID = "INSERT INTO public.said VALUES (1)";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("scope");
    private RunDirectory other;

    @BeforeEach
    void oneHasAppliedIt() {
        database.execute("CREATE TABLE said (n int)");
        RunDirectory first = new RunDirectory(root.resolve("first")).sql("001_init.sql", SAID);
        first.scope = "ehr";
        first.apply(database);
        other = new RunDirectory(root.resolve("other")).sql("001_init.sql", SAID);
    }

    private String said() {
        return database.query("SELECT count(*) FROM said");
    }

    @Test
    void theOtherOneIsRefusedAndToldWhoWasFirst() {
        Report report = other.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(report.message())
                .contains("001_init.sql: DatabaseMigration ehr/draft-fields", "under the scope ehr")
                .contains("spec.sql.ledger.scope: ehr");
        assertThat(said()).isEqualTo("1");
        other.scope = "ehr";
        assertThat(other.apply(database).summary().alreadyApplied()).isEqualTo(1);
    }

    @Test
    void theSameSchemaIsMeantWhetherItIsNamedOrNot() {
        other.session = new Session("public", null, null);
        assertThat(other.apply(database).reason()).isEqualTo(Reason.InvalidSpec);
    }

    @Test
    void anotherSchemaIsAnotherMatter() {
        database.execute("CREATE SCHEMA tenant");
        other.session = new Session("tenant", null, null);
        assertThat(other.apply(database).outcome()).isEqualTo(Outcome.Applied);
        assertThat(said()).isEqualTo("2");
    }

    @Test
    void aFileThatDiffersOrHasAnotherVersionIsAnotherFile() {
        other.sql("001_init.sql", SAID + " -- once more").sql("002_init.sql", SAID);

        assertThat(other.apply(database).summary().applied()).isEqualTo(2);
        assertThat(said()).isEqualTo("3");
    }
}
