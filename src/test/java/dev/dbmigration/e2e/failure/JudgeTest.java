package dev.dbmigration.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The failure suite's judge sees what it is there for; it needs no cluster. */
class JudgeTest {

    private final Database database = Postgres.shared().newDatabase("judge");
    private final Tally tally = new Tally();

    @BeforeEach
    void tables() {
        database.execute(Work.TABLES);
        database.execute("CREATE SCHEMA dbmigration; CREATE TABLE dbmigration.migrations (scope text);"
                + " INSERT INTO counters VALUES ('m', 0)");
    }

    @Test
    void allIsWell() {
        applied(Work.file(1));

        judge(Work.ONE_FILE).end();

        assertThat(tally).hasToString("kills 0, migrations 1, effects 1, lost 0, doubled 0, untruthful 0, hung 0");
        assertThat(tally.troubles()).isEmpty();
    }

    @Test
    void aFileWithoutEffectIsLost() {
        judge(Work.ONE_FILE).end();

        assertThat(tally.toString()).contains("lost 1");
    }

    @Test
    void aFileThatTookEffectTwiceIsDoubled() {
        applied(Work.file(1));
        database.execute("INSERT INTO effects VALUES ('m', '" + Work.file(1) + "')");

        judge(Work.ONE_FILE).end();

        assertThat(tally.toString()).contains("doubled 1", "untruthful 1");
    }

    @Test
    void aSteppedFileMayBeHalfThereUntilItsEnd() {
        database.execute("INSERT INTO effects VALUES ('m', '" + Work.file(1) + "')");
        judge(Work.STEPPED).ledgerAgrees();
        assertThat(tally.troubles()).isEmpty();

        judge(Work.STEPPED).end();
        assertThat(tally.toString()).contains("lost 1", "untruthful 1");
    }

    @Test
    void anIndexThatIsNotValidIsLost() {
        applied(Work.file(1));
        database.execute("CREATE INDEX \"" + Work.index("m", Work.file(1)) + "\" ON indexed (n)");
        judge(Work.STEPPED).end();
        assertThat(tally.troubles()).isEmpty();

        database.execute("UPDATE pg_index SET indisvalid = false WHERE indrelid = 'indexed'::regclass");
        judge(Work.STEPPED).end();
        assertThat(tally.toString()).contains("lost 1");
    }

    @Test
    void aSecondStartIsDoubledUnlessRestartable() {
        database.execute("INSERT INTO starts VALUES ('m'), ('m'); INSERT INTO effects VALUES ('m', 'x')");

        judge(Work.RESTARTABLE).end();
        assertThat(tally.troubles()).isEmpty();

        judge(Work.CONTAINER).end();
        assertThat(tally.toString()).contains("doubled 1");
    }

    @Test
    void aStatusThatDiffersFromTheLedgerIsUntruthfulUnlessUnknown() {
        judge(Work.ONE_FILE).status(status("Unknown", "OutcomeUnknown", 1));
        assertThat(tally.troubles()).isEmpty();

        judge(Work.ONE_FILE).status(status("True", "Applied", 1));
        judge(Work.ONE_FILE).status(status("False", "ConnectionFailed", 1));
        assertThat(tally.toString()).contains("untruthful 2");
    }

    @Test
    void aFailureThatBlamesTheMigrationIsUntruthful() {
        judge(Work.ONE_FILE).status(status("False", "ConnectionFailed", 0));
        assertThat(tally.troubles()).isEmpty();

        judge(Work.ONE_FILE).status(status("False", "SyntaxError", 0));
        assertThat(tally.toString()).contains("untruthful 1");
    }

    private void applied(String file) {
        database.execute("INSERT INTO effects VALUES ('m', '" + file + "'); UPDATE counters SET n = n + 1;"
                + " INSERT INTO dbmigration.migrations VALUES ('m')");
    }

    private Judge judge(Work work) {
        return new Judge(new Migration("m", work, database, "h", "i", 1), tally);
    }

    private static DatabaseMigrationStatus status(String applied, String reason, int files) {
        return Serialization.unmarshal("""
                conditions: [{type: Applied, status: "%s", reason: %s, message: m}]
                summary: {total: 1, applied: %d, alreadyApplied: 0, skipped: 0, baseline: 0, failed: 0, pending: 0}
                """.formatted(applied, reason, files), DatabaseMigrationStatus.class);
    }
}
