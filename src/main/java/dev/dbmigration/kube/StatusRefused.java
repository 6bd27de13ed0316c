package dev.dbmigration.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** The API server does not take a status as valid, most likely since the definition is of another release. */
public final class StatusRefused extends RuntimeException {

    StatusRefused(KubernetesClientException refusal) {
        super(Cluster.words(refusal), refusal);
    }
}
