package dev.dbmigration.pod;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;

/** Content that a run reads, to be kept in an immutable ConfigMap whose name holds the digest of the content. */
public record Snapshot(Map<String, String> data, Map<String, String> binaryData) {

    public Snapshot {
        data = data == null ? Map.of() : Map.copyOf(data);
        binaryData = binaryData == null ? Map.of() : Map.copyOf(binaryData);
    }

    /** Hexadecimal SHA-256 of the content. */
    public String digest() {
        return CanonicalJson.sha256(CanonicalJson.text(List.of(data, binaryData)));
    }

    String name(Owner owner, int run) {
        return owner.snapshotName(run, digest());
    }

    ConfigMap configMap(Owner owner, int run, String inputsDigest) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(owner.namespace())
                .withName(name(owner, run))
                .withLabels(Marks.labels(owner))
                .addToAnnotations(Marks.RUN, Integer.toString(run))
                .addToAnnotations(Marks.INPUTS_DIGEST, inputsDigest)
                .withOwnerReferences(owner.reference())
                .endMetadata()
                .withData(data.isEmpty() ? null : data)
                .withBinaryData(binaryData.isEmpty() ? null : binaryData)
                .withImmutable(true)
                .build();
    }
}
