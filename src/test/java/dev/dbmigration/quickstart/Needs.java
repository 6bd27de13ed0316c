package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.KeyReference;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.Sql;
import dev.dbmigration.api.v1alpha1.Tls.Mode;
import dev.dbmigration.check.Check;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the manifests take for granted: databases, images, and Secrets and ConfigMaps with certain keys. */
final class Needs {

    /** A no-op: the real files of a Secret that is not here are known to its owner alone. */
    private static final Map<String, String> STAND_IN_FILE = Map.of("stand_in.sql", "SELECT 'stand-in';\n");

    /** A Secret or ConfigMap. */
    record Source(String kind, String namespace, String name) {}

    /** A database that a resource of this namespace wants. */
    record Need(String namespace, Database database) {}

    private final dev.dbmigration.testing.Database admin;
    private boolean replays;
    final List<Need> databases = new ArrayList<>();

    /** Files by image and path: the migrations that lie in it. */
    final Map<String, Map<String, String>> images = new LinkedHashMap<>();

    final Map<Source, Map<String, String>> sources = new LinkedHashMap<>();

    Needs(dev.dbmigration.testing.Database admin, List<Manifests> manifests) {
        this.admin = admin;
        for (Manifests each : manifests) {
            each.all(DatabaseMigration.class)
                    .filter(one -> one.getSpec() != null)
                    .forEach(this::add);
            each.all(MigrationVerification.class)
                    .filter(one -> one.getSpec() != null)
                    .forEach(this::add);
        }
    }

    private void add(DatabaseMigration migration) {
        String namespace = migration.getMetadata().getNamespace();
        add(namespace, migration.getSpec().database());
        add(namespace, migration.getSpec().container());
        if (migration.getSpec().verify() != null) {
            add(migration.getSpec().verify().checks());
        }
        if (migration.getSpec().sql() != null) {
            for (Sql.Source source : migration.getSpec().sql().sources()) {
                if (source.secret() != null) {
                    need("Secret", namespace, source.secret().name(), STAND_IN_FILE);
                }
                if (source.image() != null) {
                    Map<String, String> files = image(source.image().reference());
                    STAND_IN_FILE.forEach(
                            (name, text) -> files.put(source.image().path() + "/" + name, text));
                }
            }
        }
    }

    private void add(MigrationVerification verification) {
        String namespace = verification.getMetadata().getNamespace();
        add(namespace, verification.getSpec().database());
        add(namespace, verification.getSpec().container());
        add(verification.getSpec().checks());
    }

    private void add(List<Check> checks) {
        replays |= checks != null && checks.stream().anyMatch(check -> check.expectedSchema() != null);
    }

    private void add(String namespace, Database database) {
        if (database == null) {
            return;
        }
        databases.add(new Need(namespace, database));
        if (database.secretRef() != null) {
            Map<String, String> credentials = Map.of(
                    database.secretKeys().username(), admin.user(),
                    database.secretKeys().password(), admin.password());
            need("Secret", namespace, database.secretRef().name(), credentials);
        }
        if (database.tls().ca() != null) {
            certificate("ConfigMap", namespace, database.tls().ca().configMapKeyRef());
            certificate("Secret", namespace, database.tls().ca().secretKeyRef());
        }
    }

    private void add(String namespace, Container container) {
        if (container == null) {
            return;
        }
        image(container.image());
        for (EnvFromSource source : container.envFrom()) {
            if (source.getConfigMapRef() != null) {
                need("ConfigMap", namespace, source.getConfigMapRef().getName(), Map.of());
            }
            if (source.getSecretRef() != null) {
                need("Secret", namespace, source.getSecretRef().getName(), Map.of());
            }
        }
    }

    private Map<String, String> image(String name) {
        return images.computeIfAbsent(name, fresh -> new LinkedHashMap<>());
    }

    private void certificate(String kind, String namespace, KeyReference reference) {
        if (reference != null) {
            need(kind, namespace, reference.name(), Map.of(reference.key(), "no certificate\n"));
        }
    }

    private void need(String kind, String namespace, String name, Map<String, String> data) {
        sources.computeIfAbsent(new Source(kind, namespace, name), fresh -> new LinkedHashMap<>())
                .putAll(data);
    }

    /** Whether any check replays files. */
    boolean replays() {
        return replays;
    }

    /** Whether any database is to be reached by TLS only. */
    boolean tls() {
        return databases.stream()
                .map(need -> need.database().tls().mode())
                .anyMatch(mode -> mode != Mode.Disable && mode != Mode.Prefer);
    }
}
