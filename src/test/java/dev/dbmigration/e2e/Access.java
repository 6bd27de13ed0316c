package dev.dbmigration.e2e;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Asks the API server what an account may do: {@code kubectl auth can-i} for somebody else. */
record Access(KubernetesClient client, String serviceAccount, String serviceAccountNamespace) {

    /** Whether it may; {@code resource} is {@code group/plural} or {@code group/plural/subresource}, the core group empty. */
    boolean may(String verb, String resource, String namespace) {
        String[] parts = resource.split("/");
        String user = "system:serviceaccount:" + serviceAccountNamespace + ":" + serviceAccount;
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withGroups("system:serviceaccounts", "system:authenticated")
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(parts[0])
                .withResource(parts[1])
                .withSubresource(parts.length > 2 ? parts[2] : null)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
