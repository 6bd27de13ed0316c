package dev.dbmigration.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class LeanSerializationTest {

    private final KubernetesSerialization serialization = LeanSerialization.create();

    @Test
    void managedFieldsAreNeitherKeptNorWritten() {
        String sent = """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "annotations": {"b": "c"},
                "managedFields": [{"manager": "kubelet", "operation": "Update", "fieldsV1": {"f:status": {}}}]}}
                """;

        Pod read = serialization.unmarshal(sent, Pod.class);

        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getMetadata().getAdditionalProperties()).isEmpty();
        assertThat(read.getMetadata().getName()).isEqualTo("a");
        assertThat(read.getMetadata().getAnnotations()).containsEntry("b", "c");
        assertThat(serialization.asJson(read)).contains("\"name\":\"a\"").doesNotContain("managedFields");
    }

    @Test
    void equalShortStringsAreOne() {
        Pod one = serialization.unmarshal(
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"labels\": {\"a\": \"same\"}},"
                        + " \"status\": {\"phase\": \"same\"}}",
                Pod.class);

        assertThat(one.getStatus().getPhase())
                .isSameAs(one.getMetadata().getLabels().get("a"));
    }
}
