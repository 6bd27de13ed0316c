package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.PodSettings;
import dev.dbmigration.report.RunInput;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Pod of our own image: everything it reads is mounted below {@value #DIRECTORY}, and it writes its report. */
final class RunnerPod {

    static final String DIRECTORY = "/run";
    static final String RUN_JSON = "run.json";

    /** Bytes that the kubelet leaves for one termination message: 12 KiB over all containers, 4 KiB at most each. */
    static final int REPORT_BYTES = Math.min(4096, 12288 / (2 + 1));

    private static final String REPORT_PATH = "/dev/termination-log";

    private final Database database;
    private final RunnerImage image;
    private final PodSettings settings;
    private final String task;
    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeMount> mounts = new ArrayList<>();

    RunnerPod(String task, Database database, RunnerImage image, PodSettings settings) {
        this.task = task;
        this.database = database;
        this.image = image;
        this.settings = settings;
    }

    /** Mounts the snapshot that holds run.json, and what else stands beside it. */
    RunnerPod input(String snapshot, List<KeyToPath> files) {
        List<KeyToPath> items = new ArrayList<>(List.of(new KeyToPath(RUN_JSON, null, RUN_JSON)));
        items.addAll(files);
        Volume volume = new VolumeBuilder()
                .withName("input")
                .withNewConfigMap()
                .withName(snapshot)
                .withItems(items)
                .endConfigMap()
                .build();
        return mounted(volume, RunInput.FILE.substring(0, RunInput.FILE.indexOf('/')));
    }

    /** Mounts a volume read-only at a path below {@value #DIRECTORY}. */
    RunnerPod mounted(Volume volume, String path) {
        volumes.add(volume);
        mounts.add(new VolumeMountBuilder()
                .withName(volume.getName())
                .withMountPath(DIRECTORY + "/" + path)
                .withReadOnly(true)
                .build());
        return this;
    }

    PodSpec spec(String podName, Duration deadline) {
        DatabaseAccess access = new DatabaseAccess(database);
        List<EnvVar> env = new ArrayList<>(access.environment(podName));
        env.add(new EnvVar("DBMIGRATION_REPORT_PATH", REPORT_PATH, null));
        access.certificates().ifPresent(volumes::add);
        access.certificatesMount().ifPresent(mounts::add);
        Container container = new ContainerBuilder()
                .withName(Marks.CONTAINER)
                .withImage(image.reference())
                .withImagePullPolicy(
                        image.pullPolicy() == null ? null : image.pullPolicy().name())
                .withArgs("runner", task, DIRECTORY)
                .withEnv(env)
                .withResources(settings.resources())
                .withVolumeMounts(mounts)
                .withTerminationMessagePath(REPORT_PATH)
                .withTerminationMessagePolicy("File")
                .withSecurityContext(PodAssembly.restricted(true, null))
                .build();
        return PodAssembly.spec(settings, container, volumes, deadline);
    }
}
