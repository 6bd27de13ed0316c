package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.ApiGroup;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.reconcile.References;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.Set;

/** What a migration looks at besides its Pods, and how a change of that finds the migration. */
final class Dependencies {

    private static final String BY_CONFIG_MAP = "sourceConfigMap";

    private Dependencies() {}

    /** Verifications that name the migration, and the one of its name. */
    static EventSource<?, DatabaseMigration> verifications(EventSourceContext<DatabaseMigration> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(MigrationVerification.class, DatabaseMigration.class)
                        .withName("verifications")
                        .withSecondaryToPrimaryMapper(verification -> {
                            Set<ResourceID> migrations = new HashSet<>(Set.of(ResourceID.fromResource(verification)));
                            if (verification.getSpec() != null
                                    && verification.getSpec().migrationRef() != null) {
                                migrations.add(new ResourceID(
                                        verification.getSpec().migrationRef().name(),
                                        verification.getMetadata().getNamespace()));
                            }
                            return migrations;
                        })
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    /** ConfigMaps that ask to be watched, for the migrations that have them for a source. */
    static EventSource<?, DatabaseMigration> watchedConfigMaps(EventSourceContext<DatabaseMigration> context) {
        References<DatabaseMigration> sources = References.index(context, BY_CONFIG_MAP, Sources::configMapNames);
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ConfigMap.class, DatabaseMigration.class)
                        .withName("watched-configmaps")
                        .withLabelSelector(ApiGroup.WATCH_LABEL + "=" + ApiGroup.WATCH_ENABLED)
                        .withSecondaryToPrimaryMapper(sources::to)
                        .withPrimaryToSecondaryMapper((DatabaseMigration migration) ->
                                References.of(migration, Sources.configMapNames(migration)))
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }
}
