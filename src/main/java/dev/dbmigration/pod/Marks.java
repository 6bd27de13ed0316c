package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.ApiGroup;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;

/** Labels and annotations by which we know our Pods and snapshots again. */
public final class Marks {

    /** The container whose end is the attempt's; an injected sidecar's is not. */
    public static final String CONTAINER = "migration";

    /** Label: the kind of the owner, so that each controller watches its own. */
    public static final String KIND = ApiGroup.NAME + "/kind";

    /** Label: the owner's name, cut to what a label holds; for people's selectors. */
    public static final String NAME = ApiGroup.NAME + "/name";

    static final String RUN = ApiGroup.NAME + "/run";
    static final String ATTEMPT = ApiGroup.NAME + "/attempt";
    static final String GENERATION = ApiGroup.NAME + "/generation";
    static final String INPUTS_DIGEST = ApiGroup.NAME + "/inputs-digest";
    static final String TEMPLATE_DIGEST = ApiGroup.NAME + "/template-digest";
    static final String RUN_START = ApiGroup.NAME + "/run-start-time";
    static final String RUN_REQUEST = ApiGroup.NAME + "/run-request";
    static final String WORK = ApiGroup.NAME + "/work";
    static final String SNAPSHOTS = ApiGroup.NAME + "/snapshots";

    private static final int LABEL = 63;

    private Marks() {}

    /** The run that a snapshot was made for; 0: unknown. */
    public static int run(ConfigMap snapshot) {
        return Integer.parseInt(snapshot.getMetadata().getAnnotations().getOrDefault(RUN, "0"));
    }

    static Map<String, String> labels(Owner owner) {
        String name =
                owner.name().length() <= LABEL ? owner.name() : owner.name().substring(0, LABEL);
        return Map.of(
                "app.kubernetes.io/managed-by",
                "dbmigration-operator",
                KIND,
                owner.kind(),
                NAME,
                name.replaceAll("[^a-zA-Z0-9]+$", ""));
    }
}
