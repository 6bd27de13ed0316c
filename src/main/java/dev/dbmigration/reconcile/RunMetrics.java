package dev.dbmigration.reconcile;

import dev.dbmigration.api.v1alpha1.RunStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Where figures go: told of every status seen, and of every run that ended. */
public interface RunMetrics {

    void observe(HasMetadata resource);

    void ended(HasMetadata resource, RunStatus run);

    /** A transition was told, by an event of this reason. */
    void announced(HasMetadata resource, String reason);
}
