package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.SecretKeys;
import dev.dbmigration.api.v1alpha1.Tls.CertificateSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a Pod gets at the database: libpq's variables, of which the kubelet fills in what the Secret holds, so that
 * nobody else reads it. See https://www.postgresql.org/docs/current/libpq-envars.html.
 */
final class DatabaseAccess {

    static final String TLS_VOLUME = "dbmigration-tls";
    private static final String TLS_PATH = "/etc/dbmigration/tls";
    private static final String CA_FILE = "ca.pem";
    /** On a busy node a Pod may run before its network does; a new Pod would take longer than to wait. */
    private static final String CONNECT_TIMEOUT_SECONDS = "30";

    private final Database database;

    DatabaseAccess(Database database) {
        this.database = database;
    }

    /** Variables for every Pod; {@code application} is the Pod's name, by which the server's activity shows it. */
    List<EnvVar> environment(String application) {
        SecretKeys keys = database.secretKeys();
        List<EnvVar> env = new ArrayList<>();
        add(env, "PGHOST", database.host(), keys.host());
        add(env, "PGPORT", database.port() == null ? null : database.port().toString(), keys.port());
        add(env, "PGDATABASE", database.name(), keys.dbname());
        if (database.secretRef() != null) {
            env.add(fromSecret("PGUSER", keys.username(), false));
            env.add(fromSecret("PGPASSWORD", keys.password(), false));
            if (database.host() == null && database.port() == null && database.name() == null) {
                env.add(fromSecret("DATABASE_URL", keys.uri(), true));
            }
        }
        env.add(literal("PGSSLMODE", database.tls().mode().sslmode()));
        if (database.tls().ca() != null) {
            env.add(literal("PGSSLROOTCERT", TLS_PATH + "/" + CA_FILE));
        }
        env.add(literal("PGAPPNAME", application));
        env.add(literal("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT_SECONDS));
        return env;
    }

    /** PGOPTIONS for a user's program, made only of what the spec states: RDS Proxy and poolers refuse it. */
    Optional<EnvVar> options(Duration lock, Duration statement) {
        List<String> options = new ArrayList<>();
        if (database.schema() != null) {
            options.add("-c search_path=" + escaped("\"" + database.schema().replace("\"", "\"\"") + "\""));
        }
        if (database.role() != null) {
            options.add("-c role=" + escaped(database.role()));
        }
        if (lock != null) {
            options.add("-c lock_timeout=" + lock.toMillis());
        }
        if (statement != null) {
            options.add("-c statement_timeout=" + statement.toMillis());
        }
        return options.isEmpty() ? Optional.empty() : Optional.of(literal("PGOPTIONS", String.join(" ", options)));
    }

    Optional<Volume> certificates() {
        CertificateSource ca = database.tls().ca();
        if (ca == null) {
            return Optional.empty();
        }
        VolumeBuilder volume = new VolumeBuilder().withName(TLS_VOLUME);
        return Optional.of(
                ca.configMapKeyRef() != null
                        ? volume.withNewConfigMap()
                                .withName(ca.configMapKeyRef().name())
                                .withItems(new KeyToPath(ca.configMapKeyRef().key(), null, CA_FILE))
                                .endConfigMap()
                                .build()
                        : volume.withNewSecret()
                                .withSecretName(ca.secretKeyRef().name())
                                .withItems(new KeyToPath(ca.secretKeyRef().key(), null, CA_FILE))
                                .endSecret()
                                .build());
    }

    Optional<VolumeMount> certificatesMount() {
        return certificates()
                .map(volume -> new VolumeMountBuilder()
                        .withName(TLS_VOLUME)
                        .withMountPath(TLS_PATH)
                        .withReadOnly(true)
                        .build());
    }

    private void add(List<EnvVar> env, String variable, String value, String key) {
        if (value != null) {
            env.add(literal(variable, value));
        } else if (database.secretRef() != null) {
            env.add(fromSecret(variable, key, true));
        }
    }

    private EnvVar fromSecret(String variable, String key, boolean optional) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, database.secretRef().name(), optional ? true : null)
                .endValueFrom()
                .build();
    }

    /** The kubelet reads {@code $(NAME)} in a value as a reference, and {@code $$} as a dollar sign. */
    private static EnvVar literal(String variable, String value) {
        return new EnvVar(variable, value.replace("$", "$$"), null);
    }

    /** The server splits PGOPTIONS at white space that no backslash precedes. */
    private static String escaped(String value) {
        return value.replaceAll("([\\\\\\s])", "\\\\$1");
    }
}
