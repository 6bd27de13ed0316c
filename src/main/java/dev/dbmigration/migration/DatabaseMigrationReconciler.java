package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.reconcile.RunReconciler;
import dev.dbmigration.reconcile.Tools;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Runs migrations: the adapter between the SDK and the life of a run. */
public final class DatabaseMigrationReconciler implements Reconciler<DatabaseMigration> {

    private final RunReconciler<DatabaseMigration, DatabaseMigrationStatus> runs;

    public DatabaseMigrationReconciler(Tools tools) {
        runs = new RunReconciler<>(DatabaseMigration.class, new MigrationSubject(tools), tools);
    }

    @Override
    public List<EventSource<?, DatabaseMigration>> prepareEventSources(EventSourceContext<DatabaseMigration> context) {
        return List.of(
                runs.attempts(context), Dependencies.verifications(context), Dependencies.watchedConfigMaps(context));
    }

    @Override
    public UpdateControl<DatabaseMigration> reconcile(DatabaseMigration migration, Context<DatabaseMigration> context) {
        return runs.reconcile(migration, context);
    }
}
