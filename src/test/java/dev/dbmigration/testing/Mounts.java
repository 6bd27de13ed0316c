package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Puts a Pod's volumes where its container mounts them, in the layout of a kubelet: the files are links through
 * {@code ..data} into a dated directory, which whoever lists a mounted directory gets to see.
 */
final class Mounts {

    private Mounts() {}

    static void mount(Pod pod, Container container, Volumes volumes, PodDirectory directory) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            Map<String, byte[]> files = volumes.files(volume);
            for (VolumeMount mount : container.getVolumeMounts()) {
                if (mount.getName().equals(volume.getName()) && files == null) {
                    directory.share(volume.getName(), mount.getMountPath());
                } else if (mount.getName().equals(volume.getName())) {
                    place(directory.at(mount.getMountPath()), files, mount.getSubPath());
                }
            }
        }
    }

    private static void place(Path target, Map<String, byte[]> files, String subPath) {
        try {
            if (subPath != null && !subPath.isEmpty()) {
                placeFile(target, files.getOrDefault(subPath, new byte[0]));
            } else {
                placeAll(target, files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void placeAll(Path target, Map<String, byte[]> files) throws IOException {
        Path dated = target.resolve("..2026_01_01_00_00_00.000000001");
        Files.createDirectories(dated);
        link(target.resolve("..data"), dated.getFileName());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            placeFile(dated.resolve(file.getKey()), file.getValue());
            Path first = Path.of(file.getKey()).getName(0);
            link(target.resolve(first), Path.of("..data").resolve(first));
        }
    }

    private static void placeFile(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(target, content);
    }

    private static void link(Path link, Path to) throws IOException {
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, to);
        }
    }
}
