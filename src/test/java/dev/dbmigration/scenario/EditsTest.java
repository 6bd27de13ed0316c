package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.testing.Interceptor;
import dev.dbmigration.testing.OperatorLog;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Edits of the spec that meet the operator at work. */
class EditsTest extends Scenario {

    private static final int EDITS = 1000;

    @Test
    void aThousandEditsEachJustBeforeAStatusWriteAreAllSeen() {
        AtomicInteger edits = new AtomicInteger();
        stage.api.intercept(
                request -> request.isStatusWrite("databasemigrations") && request.by(Stage.OPERATOR),
                EDITS,
                Interceptor.before(() -> stage.edit(
                        "m",
                        json -> json.replaceAll(
                                "\"historyLimit\":\\d+", "\"historyLimit\":" + edits.incrementAndGet() % 100))));

        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        while (edits.get() < EDITS) {
            int before = edits.get();
            stage.edit("m", json -> json.replaceAll("\"limit\":\\d+", "\"limit\":" + before % 100));
            await().atMost(Duration.ofMinutes(2)).until(() -> seen(stage.migrationNamed("m")));
        }

        DatabaseMigration done = stage.awaitPhase("m", "Applied");
        assertThat(edits.get()).isEqualTo(EDITS);
        assertThat(done.getMetadata().getGeneration()).isGreaterThan(EDITS);
        assertThat(seen(done)).isTrue();
        assertThat(done.getSpec().historyLimit()).isEqualTo(EDITS % 100);
        assertThat(done.getStatus().run().number()).isEqualTo(1);
        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
    }

    @Test
    void anEditWhileTheContainerRunsStartsTheNextRunAfterIt() {
        stage.kubelet.holdExits();
        stage.migration(OneFile.inline("m", database, "create table a (id int);"));
        stage.awaitPhase("m", "Running");

        stage.edit(
                "m",
                json -> json.replace("create table a", "create table if not exists b")
                        .replace("001_t.sql", "002_b.sql"));
        stage.kubelet.releaseExits();

        DatabaseMigration second = stage.awaitMigration(
                "m",
                "second run applied",
                found -> found.getStatus().run().number() == 2
                        && found.getStatus().phase().equals("Applied"));
        assertThat(second.getStatus().observedGeneration()).isEqualTo(2);
        assertThat(second.getStatus().history()).hasSize(2);
        assertThat(Ledger.rows(database)).isEqualTo(2);
    }

    /** The whole life of another migration is the time in which it would be looked at dozens of times. */
    @Test
    void anEditWhileTheContainerRunsIsLookedAtOnceAndNotAgainAndAgain() {
        stage.migration(OneFile.container("m", database, "sleep 600"));
        stage.awaitPhase("m", "Running");
        try (OperatorLog log = OperatorLog.verbose()) {
            stage.edit("m", json -> json.replace("sleep 600", "sleep 601"));
            await().until(() -> looksAt("m", log) > 0);

            stage.migration(OneFile.inline("other", database, OneFile.COUNTING));
            stage.awaitPhase("other", "Applied");

            assertThat(looksAt("other", log)).isGreaterThan(2);
            assertThat(looksAt("m", log)).isLessThan(4);
        }
    }

    private static long looksAt(String name, OperatorLog log) {
        return log.texts().stream()
                .filter(line -> line.contains("Handling dispatch for resource name: " + name + " "))
                .count();
    }

    @Test
    void whatACodeOfAContainerMeansIsDecidedByWhatWasStarted() {
        stage.kubelet.holdExits();
        stage.migration(OneFile.container("m", database, "echo done"));
        stage.awaitPhase("m", "Running");

        stage.edit(
                "m",
                json -> json.replaceAll(
                        "\"container\":\\{.*?\\},\"",
                        "\"sql\":{\"sources\":[{\"inline\":{\"name\":\"001_t.sql\",\"content\":\"" + OneFile.COUNTING
                                + "\"}}]},\""));
        stage.kubelet.releaseExits();

        DatabaseMigration second = stage.awaitMigration(
                "m",
                "second run applied",
                found -> found.getStatus().run().number() == 2
                        && found.getStatus().phase().equals("Applied"));
        assertThat(second.getStatus().history().get(1).outcome()).isEqualTo("Applied");
        assertThat(second.getStatus().history().get(1).attempts()).isEqualTo(1);
    }

    @Test
    void anEditBeforeTheContainerStartsWithdrawsThePodAndRunsTheNewSpec() {
        stage.kubelet.pause();
        stage.migration(OneFile.inline("m", database, "create table a (id int);"));
        await().until(() -> stage.pods().size() == 1);

        stage.edit("m", json -> json.replace("create table a", "create table b"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> stage.pods().stream()
                        .noneMatch(pod -> pod.getMetadata().getName().endsWith("-1-1")));
        stage.kubelet.resume();

        stage.awaitPhase("m", "Applied");
        assertThat(database.query("select to_regclass('a')")).isNull();
        assertThat(database.query("select to_regclass('b')")).isEqualTo("b");
    }

    @Test
    void aRunIsAskedForByTheAnnotationOnceAValue() {
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        stage.awaitPhase("m", "Applied");

        stage.requestRun("m", "2026-11-20T10:00:00Z");

        DatabaseMigration again = stage.awaitMigration(
                "m",
                "second run applied",
                found -> found.getStatus().run().number() == 2
                        && found.getStatus().phase().equals("Applied"));
        assertThat(again.getStatus().lastRunRequest()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(again.getStatus().summary().alreadyApplied()).isEqualTo(1);
        stage.poke();
        stage.restartOperator();
        stage.poke();
        assertThat(stage.migrationNamed("m").getStatus().run().number()).isEqualTo(2);
        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
    }

    @Test
    void aWatchedConfigMapThatChangesStartsARunAtOnceAndAnotherOneDoesNot() {
        stage.configMap("files", Map.of("001_a.sql", "create table a (id int);"));
        stage.watched("files");
        stage.migration(OneFile.sources("m", database, "- configMap: {name: files}", ""));
        stage.awaitPhase("m", "Applied");

        stage.changeConfigMap("files", "002_b.sql", "create table b (id int);");

        stage.awaitMigration(
                "m",
                "second run applied",
                found -> found.getStatus().run().number() == 2
                        && Objects.equals(found.getStatus().progress(), "2/2"));
        assertThat(database.query("select to_regclass('b')")).isEqualTo("b");
    }

    private static boolean seen(DatabaseMigration migration) {
        return migration.getStatus() != null
                && Objects.equals(
                        migration.getStatus().observedGeneration(),
                        migration.getMetadata().getGeneration());
    }
}
