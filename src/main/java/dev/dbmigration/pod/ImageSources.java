package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.PodSettings;
import dev.dbmigration.api.v1alpha1.Sql.ImageFolder;
import dev.dbmigration.api.v1alpha1.Sql.Source;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Init containers that copy migrations out of images. Such an image may hold nothing that can copy, so the first one, of
 * our image, puts a program of ours into a volume, and the others run it in theirs.
 */
record ImageSources(List<Source> sources, RunnerImage runner, PodSettings settings) {

    /** Names of these containers: this one, and {@value #FOLDER} with the number of the source. */
    static final String PROGRAM = "copy-program";

    static final String FOLDER = "source-";

    /** The program in our image, statically linked. */
    private static final String IN_OUR_IMAGE = "/app/copy";

    /** Paths that no image has migrations at, since these mounts would hide them. */
    private static final String PROGRAM_DIRECTORY = "/.dbmigration/program";

    private static final String TARGET = "/.dbmigration/source";

    /** That of our own image: many an image names no user, which is root, or names one without a number. */
    private static final long USER = 65532;

    /** The empty volume for one image's files. */
    static Volume volume(int source) {
        return empty(FOLDER + source);
    }

    /** The volumes that the runner itself does not mount. */
    List<Volume> volumes() {
        return any() ? List.of(empty(PROGRAM)) : List.of();
    }

    List<Container> containers() {
        List<Container> containers = new ArrayList<>();
        if (any()) {
            containers.add(program());
        }
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).image() != null) {
                containers.add(folder(i, sources.get(i).image()));
            }
        }
        return containers;
    }

    private boolean any() {
        return sources.stream().anyMatch(source -> source.image() != null);
    }

    private Container program() {
        return container(PROGRAM)
                .withImage(runner.reference())
                .withImagePullPolicy(
                        runner.pullPolicy() == null ? null : runner.pullPolicy().name())
                .withCommand(IN_OUR_IMAGE)
                .withArgs("install", PROGRAM_DIRECTORY)
                .addNewVolumeMount()
                .withName(PROGRAM)
                .withMountPath(PROGRAM_DIRECTORY)
                .endVolumeMount()
                .build();
    }

    private Container folder(int source, ImageFolder image) {
        boolean userIsStated =
                settings.securityContext() != null && settings.securityContext().getRunAsUser() != null;
        ContainerBuilder container = container(FOLDER + source);
        return container
                .withImage(image.reference())
                .withImagePullPolicy(
                        image.imagePullPolicy() == null
                                ? null
                                : image.imagePullPolicy().name())
                .withCommand(PROGRAM_DIRECTORY + "/copy")
                .withArgs("files", image.path(), TARGET, image.reference())
                .withSecurityContext(new SecurityContextBuilder(container.buildSecurityContext())
                        .withRunAsUser(userIsStated ? null : USER)
                        .build())
                .addNewVolumeMount()
                .withName(PROGRAM)
                .withMountPath(PROGRAM_DIRECTORY)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(FOLDER + source)
                .withMountPath(TARGET)
                .endVolumeMount()
                .build();
    }

    /** A quota may ask each container for resources; the Pod needs no more by them, for they run one after another. */
    private ContainerBuilder container(String name) {
        return new ContainerBuilder()
                .withName(name)
                .addNewEnv()
                .withName(RunnerPod.REPORT_PATH_VARIABLE)
                .withValue(RunnerPod.REPORT_PATH)
                .endEnv()
                .withResources(RunnerPod.resources(settings))
                .withTerminationMessagePath(RunnerPod.REPORT_PATH)
                .withTerminationMessagePolicy("File")
                .withSecurityContext(PodAssembly.restricted(true, null));
    }

    /** A volume of the Pod's own. */
    static Volume empty(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }
}
