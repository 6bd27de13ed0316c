package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.reconcile.References;
import dev.dbmigration.reconcile.RunReconciler;
import dev.dbmigration.reconcile.Tools;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;

/** Runs verifications: the adapter between the SDK and the life of a run. */
public final class MigrationVerificationReconciler implements Reconciler<MigrationVerification> {

    private static final String BY_MIGRATION = "migrationRef";

    private final RunReconciler<MigrationVerification, MigrationVerificationStatus> runs;

    public MigrationVerificationReconciler(Tools tools) {
        runs = new RunReconciler<>(MigrationVerification.class, new VerificationSubject(tools), tools);
    }

    @Override
    public List<EventSource<?, MigrationVerification>> prepareEventSources(
            EventSourceContext<MigrationVerification> context) {
        return List.of(runs.attempts(context), migrations(context));
    }

    @Override
    public UpdateControl<MigrationVerification> reconcile(
            MigrationVerification verification, Context<MigrationVerification> context) {
        return runs.reconcile(verification, context);
    }

    /** The migrations that verifications name, in both directions: either may be there first. */
    private static EventSource<?, MigrationVerification> migrations(EventSourceContext<MigrationVerification> context) {
        References<MigrationVerification> byMigration =
                References.index(context, BY_MIGRATION, MigrationVerificationReconciler::migrationNames);
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(DatabaseMigration.class, MigrationVerification.class)
                        .withName("migrations")
                        .withSecondaryToPrimaryMapper(byMigration::to)
                        .withPrimaryToSecondaryMapper((MigrationVerification verification) ->
                                References.of(verification, migrationNames(verification)))
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    private static List<String> migrationNames(MigrationVerification verification) {
        return verification.getSpec() == null || verification.getSpec().migrationRef() == null
                ? List.of()
                : List.of(verification.getSpec().migrationRef().name());
    }
}
