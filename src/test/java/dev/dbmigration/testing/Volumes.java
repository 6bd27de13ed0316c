package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a Pod's volumes: configMap, secret, projected, downwardAPI and emptyDir; a service account token is left
 * out. Read once, when the container starts: later edits do not reach a running container.
 */
final class Volumes {

    private final KubernetesClient client;
    private final Pod pod;

    Volumes(KubernetesClient client, Pod pod) {
        this.client = client;
        this.pod = pod;
    }

    /** The content by relative path, or null for a volume that is an empty directory. */
    Map<String, byte[]> files(Volume volume) {
        Map<String, byte[]> files = new TreeMap<>();
        String name = volume.getName();
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            addConfigMap(files, name, source.getName(), source.getItems(), source.getOptional());
        } else if (volume.getSecret() != null) {
            var source = volume.getSecret();
            addSecret(files, name, source.getSecretName(), source.getItems(), source.getOptional());
        } else if (volume.getDownwardAPI() != null) {
            addFields(files, volume.getDownwardAPI().getItems());
        } else if (volume.getProjected() != null) {
            volume.getProjected().getSources().forEach(source -> addProjection(files, name, source));
        } else if (volume.getEmptyDir() != null) {
            return null;
        } else {
            throw NotYet.mount(name, "this kind of volume is not known to the stand-in");
        }
        return files;
    }

    private void addProjection(Map<String, byte[]> files, String volume, VolumeProjection source) {
        if (source.getConfigMap() != null) {
            var map = source.getConfigMap();
            addConfigMap(files, volume, map.getName(), map.getItems(), map.getOptional());
        }
        if (source.getSecret() != null) {
            var secret = source.getSecret();
            addSecret(files, volume, secret.getName(), secret.getItems(), secret.getOptional());
        }
        if (source.getDownwardAPI() != null) {
            addFields(files, source.getDownwardAPI().getItems());
        }
    }

    private void addConfigMap(
            Map<String, byte[]> files, String volume, String name, List<KeyToPath> items, Boolean optional) {
        ConfigMap map =
                client.configMaps().inNamespace(namespace()).withName(name).get();
        if (map == null && !Boolean.TRUE.equals(optional)) {
            throw NotYet.mount(volume, "configmap \"" + name + "\" not found");
        }
        Map<String, byte[]> data = new TreeMap<>();
        if (map != null) {
            map.getData().forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
            map.getBinaryData()
                    .forEach((key, text) -> data.put(key, Base64.getDecoder().decode(text)));
        }
        addItems(files, volume, data, items, optional, "configmap references non-existent config key: ");
    }

    private void addSecret(
            Map<String, byte[]> files, String volume, String name, List<KeyToPath> items, Boolean optional) {
        Secret secret = client.secrets().inNamespace(namespace()).withName(name).get();
        if (secret == null && !Boolean.TRUE.equals(optional)) {
            throw NotYet.mount(volume, "secret \"" + name + "\" not found");
        }
        Map<String, byte[]> data = secret == null ? Map.of() : ContainerEnvironment.content(secret);
        addItems(files, volume, data, items, optional, "references non-existent secret key: ");
    }

    private static void addItems(
            Map<String, byte[]> files,
            String volume,
            Map<String, byte[]> data,
            List<KeyToPath> items,
            Boolean optional,
            String missing) {
        if (items == null || items.isEmpty()) {
            files.putAll(data);
            return;
        }
        for (KeyToPath item : items) {
            byte[] content = data.get(item.getKey());
            if (content != null) {
                files.put(item.getPath(), content);
            } else if (!Boolean.TRUE.equals(optional)) {
                throw NotYet.mount(volume, missing + item.getKey());
            }
        }
    }

    private void addFields(Map<String, byte[]> files, List<DownwardAPIVolumeFile> items) {
        for (DownwardAPIVolumeFile item : items) {
            if (item.getFieldRef() != null) {
                String value =
                        ContainerEnvironment.field(pod, item.getFieldRef().getFieldPath());
                files.put(item.getPath(), value.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }
}
