package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables a container states, without {@code $(NAME)} expansion; what is missing is waited for. */
final class ContainerEnvironment {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^()]*)\\)");

    private final KubernetesClient client;
    private final Pod pod;

    ContainerEnvironment(KubernetesClient client, Pod pod) {
        this.client = client;
        this.pod = pod;
    }

    Map<String, String> of(Container container) {
        Map<String, String> environment = new LinkedHashMap<>();
        container.getEnvFrom().forEach(source -> addAll(environment, source));
        for (EnvVar variable : container.getEnv()) {
            String value = variable.getValueFrom() == null
                    ? expanded(variable.getValue(), environment)
                    : value(variable.getValueFrom());
            if (value != null) {
                environment.put(variable.getName(), value);
            } else if (variable.getValueFrom() == null) {
                environment.put(variable.getName(), "");
            }
        }
        return environment;
    }

    /** {@code $(NAME)} is what stands before under that name, if anything does; {@code $$} is a dollar sign. */
    private static String expanded(String value, Map<String, String> before) {
        return value == null
                ? null
                : REFERENCE.matcher(value).replaceAll(found -> {
                    String name = found.group(1);
                    return Matcher.quoteReplacement(name == null ? "$" : before.getOrDefault(name, found.group()));
                });
    }

    private void addAll(Map<String, String> environment, EnvFromSource source) {
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        if (source.getSecretRef() != null) {
            var ref = source.getSecretRef();
            secret(ref.getName(), ref.getOptional()).forEach((key, value) -> environment.put(prefix + key, value));
        }
        if (source.getConfigMapRef() != null) {
            var ref = source.getConfigMapRef();
            configMap(ref.getName(), ref.getOptional()).forEach((key, value) -> environment.put(prefix + key, value));
        }
    }

    /** Null where an optional key is absent. */
    private String value(EnvVarSource source) {
        if (source.getSecretKeyRef() != null) {
            var ref = source.getSecretKeyRef();
            return key(
                    secret(ref.getName(), ref.getOptional()), ref.getKey(), ref.getOptional(), "Secret", ref.getName());
        }
        if (source.getConfigMapKeyRef() != null) {
            var ref = source.getConfigMapKeyRef();
            return key(
                    configMap(ref.getName(), ref.getOptional()),
                    ref.getKey(),
                    ref.getOptional(),
                    "ConfigMap",
                    ref.getName());
        }
        return source.getFieldRef() == null
                ? null
                : field(pod, source.getFieldRef().getFieldPath());
    }

    private String key(Map<String, String> data, String key, Boolean optional, String kind, String name) {
        if (!data.containsKey(key) && !Boolean.TRUE.equals(optional)) {
            throw NotYet.config("couldn't find key " + key + " in " + kind + " " + namespace() + "/" + name);
        }
        return data.get(key);
    }

    private Map<String, String> secret(String name, Boolean optional) {
        Secret secret = client.secrets().inNamespace(namespace()).withName(name).get();
        if (secret == null && !Boolean.TRUE.equals(optional)) {
            throw NotYet.config("secret \"" + name + "\" not found");
        }
        Map<String, String> data = new HashMap<>();
        if (secret != null) {
            content(secret).forEach((key, value) -> data.put(key, new String(value, StandardCharsets.UTF_8)));
        }
        return data;
    }

    private Map<String, String> configMap(String name, Boolean optional) {
        ConfigMap map =
                client.configMaps().inNamespace(namespace()).withName(name).get();
        if (map == null && !Boolean.TRUE.equals(optional)) {
            throw NotYet.config("configmap \"" + name + "\" not found");
        }
        return map == null ? Map.of() : map.getData();
    }

    static Map<String, byte[]> content(Secret secret) {
        Map<String, byte[]> content = new HashMap<>();
        secret.getData()
                .forEach((key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        return content;
    }

    static String field(Pod pod, String path) {
        String key = path.contains("'") ? path.substring(path.indexOf('\'') + 1, path.lastIndexOf('\'')) : "";
        var metadata = pod.getMetadata();
        if (path.startsWith("metadata.labels[")) {
            return metadata.getLabels().getOrDefault(key, "");
        }
        if (path.startsWith("metadata.annotations[")) {
            return metadata.getAnnotations().getOrDefault(key, "");
        }
        return switch (path) {
            case "metadata.name" -> metadata.getName();
            case "metadata.namespace" -> metadata.getNamespace();
            case "metadata.uid" -> metadata.getUid();
            case "spec.nodeName" -> StandInKubelet.NODE;
            case "spec.serviceAccountName" -> String.valueOf(pod.getSpec().getServiceAccountName());
            case "status.podIP", "status.hostIP" -> "127.0.0.1";
            default -> throw NotYet.config("unsupported fieldPath: " + path);
        };
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }
}
