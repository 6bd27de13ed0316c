package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.dbmigration.testing.OperatorLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator logs: a line for each transition, which says whose, and nothing else. */
class OperatorLogTest extends Scenario {

    private final OperatorLog log = OperatorLog.open();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void eachTransitionIsOneLineThatSaysWhichRunAndAttempt() {
        stage.migration(OneFile.inline(
                "m", database, "selec 1;", "  verify: {checks: [{name: there, table: {name: effect}}]}"));
        stage.awaitPhase("m", "Failed");
        stage.edit("m", json -> json.replace("selec 1;", OneFile.COUNTING));
        stage.awaitPhase("m", "Verified");

        await().until(() -> lines("DatabaseMigration").size() == 5);
        assertThat(lines("DatabaseMigration"))
                .satisfiesExactly(
                        line -> is(line, 1, "RunStarted: run 1, attempt 1, Pod "),
                        line -> is(line, 1, "RunFailed: SyntaxError: 001_t.sql line 1: syntax error"),
                        line -> is(line, 2, "RunStarted: run 2, attempt 1, Pod "),
                        line -> is(line, 2, "Applied: 1 file: 1 applied"),
                        line -> is(line, 2, "Verified: "));
        assertThat(lines("MigrationVerification"))
                .satisfiesExactly(
                        line -> is(line, 1, "RunStarted: run 1, attempt 1, Pod "),
                        line -> is(line, 1, "Verified: 1 check passed"));
    }

    @Test
    void whatIsLookedAtAgainAndHasNotChangedIsNotLogged() {
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        stage.awaitPhase("m", "Applied");
        await().until(() -> lines("DatabaseMigration").size() == 2);
        double before = stage.metric("operator_sdk_reconciliations_success_total");

        stage.poke();

        await().until(() -> stage.metric("operator_sdk_reconciliations_success_total") > before);
        assertThat(log.ours()).hasSize(2);
    }

    private List<ILoggingEvent> lines(String kind) {
        return log.ours().stream()
                .filter(event -> kind.equals(event.getMDCPropertyMap().get("resource.kind")))
                .toList();
    }

    private static void is(ILoggingEvent line, int run, String message) {
        assertThat(line.getLevel()).isEqualTo(Level.INFO);
        assertThat(line.getFormattedMessage()).startsWith(message);
        assertThat(line.getMDCPropertyMap())
                .containsAllEntriesOf(Map.of(
                        "resource.namespace",
                        Stage.NAMESPACE,
                        "resource.name",
                        "m",
                        "run",
                        Integer.toString(run),
                        "attempt",
                        "1"));
    }
}
