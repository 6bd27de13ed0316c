package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.CSIVolumeSource;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import java.util.Objects;
import java.util.stream.Stream;

/** A volume of a kind that cannot reach the node or another namespace: exactly one source is set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "[has(self.configMap), has(self.secret), has(self.emptyDir), has(self.projected), has(self.csi),"
                + " has(self.persistentVolumeClaim)].filter(x, x).size() == 1",
        message = "a volume has exactly one source")
public record PodVolume(
        @JsonPropertyDescription("Name of the volume.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Keys of a ConfigMap as files.")
        ConfigMapVolumeSource configMap,

        @JsonPropertyDescription("Keys of a Secret as files.")
        SecretVolumeSource secret,

        @JsonPropertyDescription("An empty directory that goes with the Pod.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        EmptyDirVolumeSource emptyDir,

        @JsonPropertyDescription("Several sources in one directory.")
        ProjectedVolumeSource projected,

        @JsonPropertyDescription("An ephemeral volume of a CSI driver.")
        CSIVolumeSource csi,

        @JsonPropertyDescription("A PersistentVolumeClaim.") PersistentVolumeClaimVolumeSource persistentVolumeClaim) {

    /** The sources that are set: exactly one in a valid volume. */
    public Stream<Object> sources() {
        return Stream.<Object>of(configMap, secret, emptyDir, projected, csi, persistentVolumeClaim)
                .filter(Objects::nonNull);
    }
}
