package dev.dbmigration.pod;

import dev.dbmigration.report.Masking;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a user has written into an object itself, and what an API server or a webhook may repeat when it refuses it:
 * values of variables, arguments, lines of files.
 */
public final class Inlined {

    private static final String HIDDEN = "…";

    /** What is shorter stands in any sentence. */
    private static final int LEAST = 4;

    private Inlined() {}

    /** What was said of an object, without what it holds, and without what looks like a credential. */
    public static String hide(HasMetadata object, String message) {
        String told = message;
        for (String value : values(object)
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> value.length() >= LEAST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            told = told.replace(value, HIDDEN);
        }
        return Masking.mask(told);
    }

    private static Stream<String> values(HasMetadata object) {
        if (object instanceof Pod pod) {
            return pod.getSpec().getContainers().stream()
                    .filter(container -> container.getCommand() != null
                            && !container.getCommand().isEmpty())
                    .flatMap(Inlined::values);
        }
        return object instanceof ConfigMap map && map.getData() != null
                ? map.getData().values().stream().flatMap(String::lines)
                : Stream.empty();
    }

    /** Of a container whose entrypoint the user has replaced; of ours there is nothing to hide. */
    private static Stream<String> values(Container container) {
        return Stream.concat(
                container.getArgs().stream(), container.getEnv().stream().map(EnvVar::getValue));
    }
}
