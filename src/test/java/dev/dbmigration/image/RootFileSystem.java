package dev.dbmigration.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * An image archive unpacked, so that its own programs run without a container engine: by chroot in a
 * mount namespace of its own, and where this is not root, in a user namespace too. It shares the network with the host.
 */
final class RootFileSystem implements Installation {

    /** The JVM finds itself through /proc, and randomness in /dev. The mounts go with the namespace. */
    private static final String ENTER =
            "mount --rbind /proc \"$0/proc\"; mount --rbind /dev \"$0/dev\"; exec chroot \"$0\" \"$@\"";

    private final Path root;
    private final JsonNode configuration;

    private RootFileSystem(Path root, JsonNode configuration) {
        this.root = root;
        this.configuration = configuration;
    }

    /** Unpacks the layers of a docker archive into a directory that does not exist yet; times of files stay. */
    static RootFileSystem unpack(Path archive, Path root) throws IOException, InterruptedException {
        Path layers = Files.createDirectories(root.resolveSibling("layers"));
        Files.createDirectories(root);
        must("tar", "--warning=no-unknown-keyword", "-xf", archive.toString(), "-C", layers.toString());
        ObjectMapper mapper = new ObjectMapper();
        JsonNode image =
                mapper.readTree(layers.resolve("manifest.json").toFile()).get(0);
        for (JsonNode layer : image.get("Layers")) {
            String file = layers.resolve(layer.asText()).toString();
            must("tar", "--warning=no-unknown-keyword", "-xf", file, "-C", root.toString(), "--exclude=dev/*");
        }
        JsonNode configuration =
                mapper.readTree(layers.resolve(image.get("Config").asText()).toFile());
        return new RootFileSystem(root, configuration.get("config"));
    }

    @Override
    public String workplace() {
        return "";
    }

    @Override
    public Path resolve(String path) {
        return root.resolve(path.substring(1));
    }

    @Override
    public List<String> entrypoint() {
        return strings(configuration.get("Entrypoint"));
    }

    @Override
    public int run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        boolean root = System.getProperty("user.name").equals("root");
        List<String> whole = new ArrayList<>(List.of("unshare", "--mount"));
        whole.addAll(root ? List.of() : List.of("--map-root-user"));
        whole.addAll(List.of("sh", "-ec", ENTER, this.root.toString()));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).inheritIO();
        builder.environment().clear();
        strings(configuration.get("Env")).forEach(variable -> {
            int equals = variable.indexOf('=');
            builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        });
        builder.environment().merge("PATH", System.getenv("PATH"), (image, host) -> image + ":" + host);
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private static void must(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("exit code " + code + " of " + String.join(" ", command));
        }
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
