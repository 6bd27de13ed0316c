package dev.dbmigration.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.api.v1alpha1.NameReference;
import dev.dbmigration.api.v1alpha1.PodSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.List;

/** What the Pods of all kinds of work have in common. */
final class PodAssembly {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PodAssembly() {}

    /**
     * The specification around the one container.
     *
     * @param deadline after which the kubelet ends the Pod; null: never
     */
    static PodSpec spec(PodSettings settings, Container container, List<Volume> volumes, Duration deadline) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(settings.serviceAccountName())
                .withAutomountServiceAccountToken(settings.automountServiceAccountToken())
                .withEnableServiceLinks(false)
                .withSecurityContext(podSecurity(settings.securityContext()))
                .withNodeSelector(settings.nodeSelector().isEmpty() ? null : settings.nodeSelector())
                .withTolerations(settings.tolerations())
                .withAffinity(settings.affinity())
                .withPriorityClassName(settings.priorityClassName())
                .withTerminationGracePeriodSeconds(settings.terminationGracePeriodSeconds())
                .withImagePullSecrets(settings.imagePullSecrets().stream()
                        .map(NameReference::name)
                        .map(LocalObjectReference::new)
                        .toList())
                .withActiveDeadlineSeconds(deadline == null ? null : Math.max(1, deadline.toSeconds()))
                .withContainers(container)
                .withVolumes(volumes)
                .build();
    }

    /**
     * What Pod Security «restricted» asks of a container, where the user does not say otherwise.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted">restricted</a>
     */
    static SecurityContext restricted(boolean readOnlyRoot, SecurityContext override) {
        SecurityContext context = new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(readOnlyRoot ? true : null)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
        return over(context, override);
    }

    private static PodSecurityContext podSecurity(PodSecurityContext override) {
        PodSecurityContext context = new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
        return over(context, override);
    }

    /** Each field that the override sets wins; its neighbours in the same object stay, such as what is dropped. */
    @SuppressWarnings("unchecked")
    private static <T> T over(T base, T override) {
        if (override == null) {
            return base;
        }
        try {
            return (T)
                    MAPPER.treeToValue(merged(MAPPER.valueToTree(base), MAPPER.valueToTree(override)), base.getClass());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode merged(ObjectNode base, ObjectNode override) {
        override.properties().forEach(member -> {
            boolean objects =
                    base.get(member.getKey()) instanceof ObjectNode && member.getValue() instanceof ObjectNode;
            base.set(
                    member.getKey(),
                    objects
                            ? merged((ObjectNode) base.get(member.getKey()), (ObjectNode) member.getValue())
                            : member.getValue());
        });
        return base;
    }
}
