package dev.dbmigration.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** How the API server answered a create. */
public sealed interface Creation {

    record Created() implements Creation {}

    /** The name is taken, by this object. */
    record Taken(HasMetadata by) implements Creation {}

    /** Quota, admission or a missing right: it may be let in later. */
    record Refused(String message) implements Creation {}

    /** It is not a valid object and never will be. */
    record Invalid(String message) implements Creation {}
}
