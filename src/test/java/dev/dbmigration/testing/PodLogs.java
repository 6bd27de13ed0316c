package dev.dbmigration.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The logs that the {@code pods/log} subresource serves; who runs a container says where its log is. */
final class PodLogs {

    private final Map<String, Map<String, Supplier<String>>> logs = new ConcurrentHashMap<>();

    void set(String namespace, String pod, String container, Supplier<String> log) {
        logs.computeIfAbsent(namespace + "/" + pod, key -> new ConcurrentHashMap<>())
                .put(container, log);
    }

    /** {@code follow} answers with what there is and ends. */
    Answer read(ApiPath path, Stored pod) {
        Map<String, Supplier<String>> containers = logs.getOrDefault(path.namespace() + "/" + path.name(), Map.of());
        String container = path.query()
                .getOrDefault(
                        "container", pod.json().at("/spec/containers/0/name").asText());
        Supplier<String> log = containers.get(container);
        if (log == null) {
            return Answer.failure(
                    400,
                    "BadRequest",
                    "container \"" + container + "\" in pod \"" + path.name()
                            + "\" is waiting to start: ContainerCreating");
        }
        return Answer.text(limited(
                tail(log.get(), path.query().get("tailLines")), path.query().get("limitBytes")));
    }

    private static String tail(String text, String lines) {
        if (lines == null) {
            return text;
        }
        String[] all = text.split("(?<=\n)");
        return String.join("", Arrays.copyOfRange(all, Math.max(0, all.length - Integer.parseInt(lines)), all.length));
    }

    private static String limited(String text, String bytes) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return bytes == null || all.length <= Integer.parseInt(bytes)
                ? text
                : new String(all, 0, Integer.parseInt(bytes), StandardCharsets.UTF_8);
    }
}
