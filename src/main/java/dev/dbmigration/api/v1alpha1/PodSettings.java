package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/** What a user may say of the Pod of each attempt. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodSettings(
        @JsonPropertyDescription("Service account of the Pod; absent: the namespace's default.") @Size(max = 253)
        String serviceAccountName,

        @JsonPropertyDescription("Whether the Pod gets a token for the Kubernetes API.") @Default("false")
        Boolean automountServiceAccountToken,

        @JsonPropertyDescription(
                "Requests and limits of the container. Absent: our own program requests 100m of cpu and 128Mi of memory,"
                        + " a user's image nothing.")
        ResourceRequirements resources,

        @JsonPropertyDescription("Security context of the Pod, over the restricted one it has by default.")
        PodSecurityContext securityContext,

        @JsonPropertyDescription("Labels that a node must have.") @Size(max = 64)
        Map<String, @Size(max = 63) String> nodeSelector,

        @JsonPropertyDescription("Taints that do not keep the Pod away.") @Size(max = 64)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Where the Pod would or must be.")
        Affinity affinity,

        @JsonPropertyDescription("Priority class of the Pod.") @Size(max = 253)
        String priorityClassName,

        @JsonPropertyDescription("Seconds between SIGTERM and SIGKILL when the Pod is deleted.")
        @Min(0)
        @Max(86400)
        @Default("60")
        Long terminationGracePeriodSeconds,

        @JsonPropertyDescription("Secrets for pulling the image.") @Size(max = 16)
        List<NameReference> imagePullSecrets,

        @JsonPropertyDescription("Labels of the Pod; dbmigration.dev/* and app.kubernetes.io/* are the operator's.")
        @Size(max = 128)
        Map<String, @Size(max = 63) String> labels,

        @JsonPropertyDescription("Annotations of the Pod; dbmigration.dev/* are the operator's.") @Size(max = 128)
        Map<String, @Size(max = 65536) String> annotations) {

    static final PodSettings NONE =
            new PodSettings(null, null, null, null, null, null, null, null, null, null, null, null);

    public PodSettings {
        serviceAccountName = named(serviceAccountName);
        priorityClassName = named(priorityClassName);
        automountServiceAccountToken = automountServiceAccountToken != null && automountServiceAccountToken;
        nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        terminationGracePeriodSeconds = terminationGracePeriodSeconds == null ? 60 : terminationGracePeriodSeconds;
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }

    /** Kubernetes reads an empty name as none. */
    private static String named(String name) {
        return name == null || name.isEmpty() ? null : name;
    }
}
