package dev.dbmigration.e2e.failure;

import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.kube.Conditions;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** One migration, what happens to it, and what it comes to. */
final class Round {

    /** As a person would who read «ask for a new run»; other lanes' failures hit this migration too. */
    private static final int REQUESTS = 5;

    private final Site site;
    private final Migration migration;
    private final Tally tally;
    private final Duration bound;
    private final Judge judge;
    private int requests;

    Round(Site site, Migration migration, Tally tally, Duration bound) {
        this.site = site;
        this.migration = migration;
        this.tally = tally;
        this.bound = bound;
        this.judge = new Judge(migration, tally);
    }

    void run(Kill kill, Strike strike) throws IOException {
        create();
        try {
            boolean hit = strike.with(kill);
            if (hit) {
                tally.kill(kill);
            }
            boolean gone = hit && kill == Kill.RESOURCE_DELETED;
            if (gone) {
                awaitNobody();
            }
            if (!gone || again()) {
                settle();
                judge.end();
            }
            String end = gone && !migration.work.isSql() ? "deleted" : phase();
            System.out.printf("%s %s %s: %s%n", migration.name, migration.work, hit ? kill : "missed " + kill, end);
            site.migration(migration.name).delete();
        } catch (ConditionTimeoutException e) {
            tally.hung(migration.name + " " + migration.work + " " + kill + ": "
                    + site.migration(migration.name).get());
        }
    }

    private void create() {
        migration.database.execute("INSERT INTO counters VALUES ('" + migration.name + "', 0)");
        if (migration.work.isSql()) {
            site.client.resource(migration.source(site.namespace)).create();
        }
        site.client.resource(migration.resource(site.namespace)).create();
    }

    /** A deleted migration's Pods go by themselves; then what it did stands in the ledger. */
    private void awaitNobody() {
        await("the end of a deleted migration")
                .atMost(bound)
                .until(() -> site.pods(migration.name).isEmpty());
        if (migration.work.isSql()) {
            judge.ledgerAgrees();
        }
    }

    /** The same migration once more completes what the first one began; a container's has had its start. */
    private boolean again() {
        if (migration.work.isSql()) {
            site.client.resource(migration.resource(site.namespace)).create();
            return true;
        }
        if (migration.work == Work.CONTAINER) {
            judge.end();
        }
        return false;
    }

    private void settle() {
        await("the end of " + migration.name)
                .atMost(bound)
                .pollInterval(Duration.ofMillis(200))
                .ignoreException(KubernetesClientException.class)
                .until(this::settled);
    }

    private boolean settled() {
        DatabaseMigration resource = site.migration(migration.name).get();
        DatabaseMigrationStatus status = resource.getStatus();
        if (status == null || !finished(resource, status)) {
            return false;
        }
        judge.status(status);
        boolean applied = Conditions.isTrue(status.conditions(), "Applied");
        if (!migration.work.isSql() || applied && complete()) {
            return true;
        }
        if (!applied && requests < REQUESTS) {
            request();
        }
        return false;
    }

    /** An edit of the source is noticed a moment later. */
    private boolean complete() {
        return new Counted(migration.database, migration.name).ledger()
                >= migration.files().size();
    }

    private boolean finished(DatabaseMigration resource, DatabaseMigrationStatus status) {
        boolean requested = requests == 0 || Integer.toString(requests).equals(status.lastRunRequest());
        return requested
                && !"Verifying".equals(status.phase())
                && Conditions.isTrue(status.conditions(), "Finished")
                && resource.getMetadata().getGeneration().equals(status.observedGeneration());
    }

    private void request() {
        String value = Integer.toString(++requests);
        String patch = "{\"metadata\": {\"annotations\": {\"dbmigration.dev/run-requested-at\": \"" + value + "\"}}}";
        site.migration(migration.name).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private String phase() {
        DatabaseMigration resource = site.migration(migration.name).get();
        DatabaseMigrationStatus status = resource.getStatus();
        return "%s, run %d, attempt %d, %d requests"
                .formatted(status.phase(), status.run().number(), status.run().attempt(), requests);
    }
}
