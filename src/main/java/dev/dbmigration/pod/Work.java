package dev.dbmigration.pod;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;

/** What an attempt does in its Pod, before it is known which run and attempt it will be. */
public sealed interface Work permits SqlWork, ChecksWork, ContainerWork {

    /** What the Pod of a run reads from ConfigMaps of our own, in the order in which {@link #spec} takes their names. */
    List<Snapshot> snapshots(Owner owner, int run, String inputsDigest);

    /** The Pod's specification. */
    PodSpec spec(String podName, List<String> snapshots);
}
