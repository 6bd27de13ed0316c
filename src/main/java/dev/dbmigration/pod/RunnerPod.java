package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.PodSettings;
import dev.dbmigration.report.LogFormat;
import dev.dbmigration.report.RunInput;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
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

    static final String REPORT_PATH = "/dev/termination-log";
    static final String REPORT_PATH_VARIABLE = "DBMIGRATION_REPORT_PATH";

    private static final int MESSAGE_BYTES = 4096;
    private static final int MESSAGE_BYTES_OF_A_POD = 12288;

    /** Containers that somebody else may inject, and that have a share as well. */
    private static final int INJECTED = 2;

    private final Database database;
    private final RunnerImage image;
    private final PodSettings settings;
    private final String task;
    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeMount> mounts = new ArrayList<>();
    private final List<Container> preparations = new ArrayList<>();
    private final List<EnvVar> variables = new ArrayList<>();
    private final List<Container> besides = new ArrayList<>();

    RunnerPod(String task, Database database, RunnerImage image, PodSettings settings) {
        this.task = task;
        this.database = database;
        this.image = image;
        this.settings = settings;
    }

    /** Bytes that the kubelet leaves for one termination message, where we declare so many containers. */
    static int reportBytes(int containers) {
        return Math.min(MESSAGE_BYTES, MESSAGE_BYTES_OF_A_POD / (INJECTED + containers));
    }

    /** Fills a volume from folders of images before the runner starts. */
    RunnerPod prepared(ImageSources images) {
        images.volumes().forEach(volumes::add);
        preparations.addAll(images.containers());
        return this;
    }

    /** Lets a PostgreSQL of its own run beside the runner, which tells it when to end. */
    RunnerPod beside(ScratchContainer scratch) {
        volumes.addAll(ScratchContainer.volumes());
        mounts.add(ScratchContainer.signals());
        variables.addAll(scratch.variables());
        besides.add(scratch.container());
        return this;
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

    /**
     * What our own program asks of a node where the spec says nothing. A Pod that asks for nothing is the first to be
     * evicted, and a hundred of them may start on one node at once.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">quality of service</a>
     */
    static ResourceRequirements resources(PodSettings settings) {
        return settings.resources() != null
                ? settings.resources()
                : new ResourceRequirementsBuilder()
                        .addToRequests("cpu", Quantity.parse("100m"))
                        .addToRequests("memory", Quantity.parse("128Mi"))
                        .build();
    }

    PodSpec spec(String podName, Duration deadline) {
        DatabaseAccess access = new DatabaseAccess(database);
        List<EnvVar> env = new ArrayList<>(access.environment(podName));
        env.add(new EnvVar(REPORT_PATH_VARIABLE, REPORT_PATH, null));
        env.add(new EnvVar(LogFormat.VARIABLE, image.logFormat().name(), null));
        env.addAll(variables);
        access.certificates().ifPresent(volumes::add);
        access.certificatesMount().ifPresent(mounts::add);
        Container container = new ContainerBuilder()
                .withName(Marks.CONTAINER)
                .withImage(image.reference())
                .withImagePullPolicy(
                        image.pullPolicy() == null ? null : image.pullPolicy().name())
                .withArgs("runner", task, DIRECTORY)
                .withEnv(env)
                .withResources(resources(settings))
                .withVolumeMounts(mounts)
                .withTerminationMessagePath(REPORT_PATH)
                .withTerminationMessagePolicy("File")
                .withSecurityContext(PodAssembly.restricted(true, null))
                .build();
        PodSpec spec = PodAssembly.spec(settings, container, volumes, deadline);
        spec.setInitContainers(preparations);
        spec.getContainers().addAll(besides);
        return spec;
    }
}
