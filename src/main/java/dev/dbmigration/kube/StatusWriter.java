package dev.dbmigration.kube;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Writes a whole status if, and only if, the resource is still the one that the status was computed from. */
public final class StatusWriter {

    private final KubernetesClient client;

    public StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Replaces the status.
     *
     * @param seen what the status was computed from; it is not changed
     * @return the resource as it is now; empty where it had changed or gone meanwhile
     * @throws StatusRefused where the API server does not take the status as valid
     * @throws KubernetesClientException where the API server could not be asked
     */
    public <S, R extends CustomResource<?, S>> Optional<R> replace(R seen, R blank, S status) {
        blank.setMetadata(new ObjectMetaBuilder()
                .withNamespace(seen.getMetadata().getNamespace())
                .withName(seen.getMetadata().getName())
                .withUid(seen.getMetadata().getUid())
                .withResourceVersion(seen.getMetadata().getResourceVersion())
                .build());
        blank.setStatus(status);
        try {
            return Optional.of(client.resource(blank).updateStatus());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            if (e.getCode() == Cluster.UNPROCESSABLE) {
                throw new StatusRefused(e);
            }
            throw e;
        }
    }
}
