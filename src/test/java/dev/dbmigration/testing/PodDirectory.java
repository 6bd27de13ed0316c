package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file system of one Pod. Without mount namespaces a path in the container is a path below this directory, so every
 * argument or value that is a mounted path, lies below one, or is a directory above one, is rewritten.
 */
final class PodDirectory {

    static final int MESSAGE_BYTES = 4096;
    private static final int MESSAGE_BYTES_FROM_LOG = 2048;

    private final Path home;
    private final Path root;
    private final Path log;
    private final Path volumes;
    private final String terminationLog;
    private final List<String> mounted = new ArrayList<>();

    PodDirectory(Path home, Container container) {
        this(home, home.resolve("volumes"), container);
    }

    private PodDirectory(Path home, Path volumes, Container container) {
        this.home = home;
        this.volumes = volumes;
        this.root = home.resolve("root");
        this.log = home.resolve("log");
        String path = container.getTerminationMessagePath();
        this.terminationLog = path == null || path.isEmpty() ? "/dev/termination-log" : path;
        container.getVolumeMounts().stream().map(VolumeMount::getMountPath).forEach(mounted::add);
        mounted.add(terminationLog);
        try {
            Files.createDirectories(at(terminationLog).getParent());
            Files.createDirectories(at("/tmp"));
            Files.write(at(terminationLog), new byte[0]);
            Files.write(log, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a path of the container is on this machine. */
    Path at(String path) {
        return root.resolve(path.replaceFirst("^/+", ""));
    }

    Path log() {
        return log;
    }

    String rewritten(String value) {
        boolean ours = value.startsWith("/")
                && value.length() > 1
                && mounted.stream().anyMatch(mount -> isWithin(value, mount) || isWithin(mount, value));
        return ours ? at(value).toString() : value;
    }

    private static boolean isWithin(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory.endsWith("/") ? directory : directory + "/");
    }

    String logText() {
        return end(log, Integer.MAX_VALUE);
    }

    /** What a kubelet shows: the end of the message file, or of the log of a failure if that is asked for. */
    String terminationMessage(Container container, int exitCode) {
        String message = end(at(terminationLog), MESSAGE_BYTES);
        boolean fromLog = message.isEmpty()
                && exitCode != 0
                && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
        return fromLog ? end(log, MESSAGE_BYTES_FROM_LOG) : message;
    }

    private static String end(Path file, int bytes) {
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, reader.length() - bytes);
            byte[] content = new byte[(int) (reader.length() - start)];
            reader.seek(start);
            reader.readFully(content);
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The file system of an init container of the same Pod. */
    PodDirectory ofInit(Container init) {
        return new PodDirectory(home.resolve("init").resolve(init.getName()), volumes, init);
    }

    /** Puts an image's files where its container sees them, and lets their paths be rewritten. */
    void unpack(Image image) {
        image.files().forEach((path, content) -> {
            try {
                Files.createDirectories(at(path).getParent());
                Files.writeString(at(path), content);
                if (content.startsWith("#!") && !at(path).toFile().setExecutable(true)) {
                    throw new IOException("cannot make it executable: " + path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            mounted.add("/" + Path.of(path).getName(0));
        });
    }

    /** Mounts a directory that all containers of the Pod share. */
    void share(String volume, String path) {
        try {
            Path shared = Files.createDirectories(volumes.resolve(volume));
            Files.createDirectories(at(path).getParent());
            if (!Files.isSymbolicLink(at(path))) {
                // Such as /tmp, which is there in any case.
                Files.deleteIfExists(at(path));
                Files.createSymbolicLink(at(path), shared);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        delete(home);
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A child that is only just dying may still write here; the next delete of the parent takes the rest.
            return;
        }
    }
}
