package dev.dbmigration.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * How the operator reads what the API server sends: all of it but {@code metadata.managedFields}, which it never looks
 * at, and which were 4 of 10 bytes of a finished Pod. An update that does not name them leaves them as they are, see
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#clearing-managedfields.
 */
public final class Serialization {

    private Serialization() {}

    /** For one client. */
    public static KubernetesSerialization withoutManagedFields() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
        return new KubernetesSerialization(mapper, true);
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}
}
