package dev.dbmigration.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** The resource that a Pod or snapshot belongs to. Names of what it owns come from here and nowhere else. */
public record Owner(String apiVersion, String kind, String namespace, String name, String uid, long generation) {

    /** Labels end at 63 characters, and so does what a Pod's name may leave for the host name. */
    private static final int NAME_PART = 40;

    public static Owner of(HasMetadata resource) {
        return new Owner(
                resource.getApiVersion(),
                resource.getKind(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                resource.getMetadata().getUid(),
                resource.getMetadata().getGeneration() == null
                        ? 0
                        : resource.getMetadata().getGeneration());
    }

    /** {@code <name cut to 40>-<8 hex of sha256(kind, uid)>}: two kinds of one name, or two lives of one, differ. */
    public String prefix() {
        String cut = name.length() <= NAME_PART ? name : name.substring(0, NAME_PART);
        // A name may hold dots, and what ends with one may not be followed by a dash.
        return cut.replaceAll("[^a-z0-9]+$", "") + "-"
                + CanonicalJson.sha256(kind + "/" + uid).substring(0, 8);
    }

    public String podName(int run, int attempt) {
        return prefix() + "-" + run + "-" + attempt;
    }

    public String snapshotName(int run, String contentDigest) {
        return prefix() + "-" + run + "-" + contentDigest.substring(0, 8);
    }

    /** Ownership by which the garbage collector takes what we made when the resource goes; nothing blocks that. */
    public OwnerReference reference() {
        return new OwnerReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .build();
    }

    /** Whether an object's controller is this resource, in this life of it. */
    public boolean controls(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(
                        reference -> Boolean.TRUE.equals(reference.getController()) && uid.equals(reference.getUid()));
    }
}
