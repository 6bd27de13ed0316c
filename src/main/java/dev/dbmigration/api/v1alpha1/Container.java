package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/** An image of the user's. Its own entrypoint is replaced, so nothing that it does at start-up runs. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Container(
        @JsonPropertyDescription("Image to run.") @Required @Size(min = 1, max = 1024)
        String image,

        @JsonPropertyDescription("Replaces the image's entrypoint; no shell is involved.")
        @Required
        @Size(min = 1, max = 128)
        List<@Size(max = 131072) String> entrypoint,

        @JsonPropertyDescription("Arguments of the entrypoint.") @Size(max = 256)
        List<@Size(max = 131072) String> args,

        @JsonPropertyDescription("Whether it may be started again when its end was never seen.") @Default("false")
        Boolean restartable,

        @JsonPropertyDescription("Whether status.run.logTail shows the last log lines, masked.") @Default("true")
        Boolean logTail,

        @JsonPropertyDescription("Environment, beside the PG variables that every Pod gets; an entry here wins.")
        @Size(max = 256)
        List<EnvVar> env,

        @JsonPropertyDescription("ConfigMaps and Secrets whose keys become environment.") @Size(max = 64)
        List<EnvFromSource> envFrom,

        @JsonPropertyDescription("Working directory; absent: the image's own.") @Size(max = 4096)
        String workingDir,

        @JsonPropertyDescription("Always, IfNotPresent or Never.")
        PullPolicy imagePullPolicy,

        @JsonPropertyDescription("Requests and limits of the container; absent: those of pod.resources.")
        ResourceRequirements resources,

        @JsonPropertyDescription("Security context of the container, over the restricted one it has by default.")
        SecurityContext securityContext,

        @JsonPropertyDescription("Where volumes are mounted.") @Size(max = 64)
        List<VolumeMount> volumeMounts,

        @JsonPropertyDescription("Volumes of the Pod, of kinds that stay in the namespace.") @Size(max = 64)
        List<PodVolume> volumes) {

    /** Kubernetes' own words. */
    public enum PullPolicy {
        Always,
        IfNotPresent,
        Never
    }

    public Container {
        entrypoint = listOf(entrypoint);
        args = listOf(args);
        restartable = restartable != null && restartable;
        logTail = logTail == null || logTail;
        env = listOf(env);
        envFrom = listOf(envFrom);
        volumeMounts = listOf(volumeMounts);
        volumes = listOf(volumes);
    }

    private static <T> List<T> listOf(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
