package dev.dbmigration.e2e.failure;

/** What can happen to a migration that runs. */
enum Kill {
    OPERATOR_KILLED,
    LEASE_LOST,
    POD_DELETED,
    POD_FORCE_DELETED,
    CONTAINER_KILLED,
    DATABASE_STOPPED,
    /** For some seconds, shorter than any timeout. */
    NETWORK_CUT,
    /** Until the Pod is gone, so that its session is left behind on the server. */
    NETWORK_CUT_AND_POD_GONE,
    /** For good: the Pod's and the server's keep-alives must notice it. */
    NETWORK_LOST,
    SNAPSHOT_DELETED,
    RESOURCE_EDITED,
    RESOURCE_DELETED,
    /** Others may use the cluster: only where asked for. */
    API_SERVER_STOPPED;

    boolean needsPod() {
        return switch (this) {
            case POD_DELETED,
                    POD_FORCE_DELETED,
                    CONTAINER_KILLED,
                    NETWORK_CUT,
                    NETWORK_CUT_AND_POD_GONE,
                    NETWORK_LOST -> true;
            default -> false;
        };
    }

    /** Worth anything only while the database is at work for the Pod. */
    boolean needsSession() {
        return this == NETWORK_CUT || this == NETWORK_CUT_AND_POD_GONE || this == NETWORK_LOST;
    }
}
