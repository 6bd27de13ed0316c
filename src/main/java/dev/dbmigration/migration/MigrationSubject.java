package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.HistoryEntry;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.Retry;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.api.v1alpha1.Timeouts;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Cluster;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.GoDuration;
import dev.dbmigration.reconcile.Subject;
import dev.dbmigration.reconcile.Tools;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Recurrence;
import dev.dbmigration.run.RunPolicy;
import dev.dbmigration.run.Wanted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a DatabaseMigration has of its own. */
final class MigrationSubject implements Subject<DatabaseMigration, DatabaseMigrationStatus> {

    /** Of history: runs whose Pods nobody will want to look into when the next one has ended. */
    private static final Set<String> GOOD = Set.of("Applied", RunStatus.PLANNED);

    private final Sources sources;
    private final OwnedVerification owned;
    private final Clock clock;

    MigrationSubject(Tools tools) {
        Cluster cluster = new Cluster(tools.client());
        this.sources = new Sources(cluster::configMap, tools.runner());
        this.owned = new OwnedVerification(cluster);
        this.clock = tools.clock();
    }

    @Override
    public DatabaseMigration blank() {
        return new DatabaseMigration();
    }

    @Override
    public RunPolicy policy(DatabaseMigration migration) {
        DatabaseMigrationSpec spec = migration.getSpec();
        boolean sane = MigrationRules.problems(spec).isEmpty();
        // A spec that makes no sense runs nothing, but what runs already is seen to its end.
        Timeouts timeouts = sane ? spec.timeouts() : new Timeouts(null, null, null, null, null);
        Retry retry = sane ? spec.retry() : new Retry(null, null, null);
        boolean container = spec.container() != null;
        return new RunPolicy(
                spec.suspend(),
                container,
                !container || spec.container().restartable(),
                GoDuration.parse(timeouts.start()),
                retry.limit(),
                GoDuration.parse(retry.initialBackoff()),
                GoDuration.parse(retry.maxBackoff()),
                Recurrence.NEVER);
    }

    @Override
    public Wanted wanted(
            DatabaseMigration migration, Context<DatabaseMigration> context, boolean look, List<String> reusable) {
        if (look || !settled(migration)) {
            return sources.wanted(migration, reusable);
        }
        boolean watched =
                context.getSecondaryResourcesAsStream(ConfigMap.class).findAny().isPresent();
        if (!watched) {
            return new Wanted.Nothing();
        }
        Wanted wanted = sources.wanted(migration, reusable);
        // A source that vanishes after its run changes nothing.
        return wanted instanceof Wanted.Ready ? wanted : new Wanted.Nothing();
    }

    /** Whether the status tells of a spec that was run to its end; one suspended or refused is looked at each time. */
    private static boolean settled(DatabaseMigration migration) {
        return migration.getSpec() != null
                && MigrationRules.problems(migration.getSpec()).isEmpty()
                && Conditions.isTrue(migration.getStatus().conditions(), "Finished");
    }

    @Override
    public Container container(DatabaseMigration migration) {
        return migration.getSpec().container();
    }

    @Override
    public DatabaseMigrationStatus status(
            DatabaseMigration migration, Decided decided, Context<DatabaseMigration> context) {
        return MigrationStatuses.after(migration, decided, verifications(migration, context), clock.instant());
    }

    @Override
    public Set<Integer> keptRuns(DatabaseMigrationStatus status) {
        Set<Integer> kept = new HashSet<>(
                status.run() == null ? Set.of() : Set.of(status.run().number()));
        status.history().stream()
                .filter(entry -> !GOOD.contains(entry.outcome()))
                .map(HistoryEntry::number)
                .findFirst()
                .ifPresent(kept::add);
        return kept;
    }

    @Override
    public Set<Integer> keptSnapshots(DatabaseMigrationStatus status) {
        return status.lastAppliedRun() == null ? Set.of() : Set.of(status.lastAppliedRun());
    }

    @Override
    public List<Announcement> announcements(DatabaseMigrationStatus before, DatabaseMigrationStatus after) {
        return MigrationAnnouncements.of(before, after);
    }

    @Override
    public void follow(DatabaseMigration migration, Context<DatabaseMigration> context) {
        DatabaseMigrationStatus status = migration.getStatus();
        boolean valid = migration.getSpec() != null
                && MigrationRules.problems(migration.getSpec()).isEmpty();
        if (valid && status != null && Conditions.isTrue(status.conditions(), "Applied")) {
            owned.follow(migration, verifications(migration, context).namesake());
        }
    }

    private static Verifications verifications(DatabaseMigration migration, Context<DatabaseMigration> context) {
        return new Verifications(migration, context.getSecondaryResources(MigrationVerification.class));
    }
}
