package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.PodSettings;
import dev.dbmigration.api.v1alpha1.PodVolume;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A user's image. {@code command} replaces its entrypoint, which {@code args} alone would not.
 *
 * @param lock PostgreSQL's lock_timeout as the spec states it; null: it does not
 * @param statement likewise statement_timeout
 * @param deadline after which the kubelet ends the Pod; null: never
 */
public record ContainerWork(
        Database database,
        Container container,
        PodSettings settings,
        Duration lock,
        Duration statement,
        Duration deadline)
        implements Work {

    public static ContainerWork of(DatabaseMigrationSpec spec) {
        return new ContainerWork(
                spec.database(),
                spec.container(),
                spec.pod(),
                duration(spec.timeouts().lock()),
                duration(spec.timeouts().statement()),
                deadline(spec.timeouts().start(), spec.timeouts().run()));
    }

    public static ContainerWork of(Database database, MigrationVerificationSpec spec) {
        return new ContainerWork(
                database,
                spec.container(),
                spec.pod(),
                null,
                null,
                deadline(spec.timeouts().start(), spec.timeouts().run()));
    }

    /** The time to start and to run together, since the kubelet counts from the Pod's start; null: no bound. */
    static Duration deadline(String start, String run) {
        Duration running = GoDuration.parse(run);
        return running.isZero() ? null : running.plus(GoDuration.parse(start));
    }

    @Override
    public List<Snapshot> snapshots(Owner owner, int run, String inputsDigest) {
        return List.of();
    }

    @Override
    public PodSpec spec(String podName, List<String> snapshots) {
        DatabaseAccess access = new DatabaseAccess(database);
        List<Volume> volumes = new ArrayList<>(
                container.volumes().stream().map(ContainerWork::volume).toList());
        List<VolumeMount> mounts = new ArrayList<>(container.volumeMounts());
        access.certificates().ifPresent(volumes::add);
        access.certificatesMount().ifPresent(mounts::add);
        io.fabric8.kubernetes.api.model.Container user = new ContainerBuilder()
                .withName(Marks.CONTAINER)
                .withImage(container.image())
                .withImagePullPolicy(
                        container.imagePullPolicy() == null
                                ? null
                                : container.imagePullPolicy().name())
                .withCommand(container.entrypoint())
                .withArgs(container.args())
                .withWorkingDir(container.workingDir())
                .withEnv(environment(access, podName))
                .withEnvFrom(container.envFrom())
                .withResources(container.resources() == null ? settings.resources() : container.resources())
                .withVolumeMounts(mounts)
                .withTerminationMessagePolicy("File")
                .withSecurityContext(PodAssembly.restricted(false, container.securityContext()))
                .build();
        return PodAssembly.spec(settings, user, volumes, deadline);
    }

    private List<EnvVar> environment(DatabaseAccess access, String podName) {
        Map<String, EnvVar> env = new LinkedHashMap<>();
        access.environment(podName).forEach(variable -> env.put(variable.getName(), variable));
        access.options(lock, statement).ifPresent(variable -> env.put(variable.getName(), variable));
        // What the user sets stands where the user put it: $(NAME) means only what stands before.
        container.env().forEach(variable -> env.remove(variable.getName()));
        container.env().forEach(variable -> env.put(variable.getName(), variable));
        return List.copyOf(env.values());
    }

    private static Volume volume(PodVolume volume) {
        return new VolumeBuilder()
                .withName(volume.name())
                .withConfigMap(volume.configMap())
                .withSecret(volume.secret())
                .withEmptyDir(volume.emptyDir())
                .withProjected(volume.projected())
                .withCsi(volume.csi())
                .withPersistentVolumeClaim(volume.persistentVolumeClaim())
                .build();
    }

    private static Duration duration(String text) {
        return text == null ? null : GoDuration.parse(text);
    }
}
