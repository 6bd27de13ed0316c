package dev.dbmigration.api.v1alpha1;

/** What the statuses of both kinds say of runs. */
public interface RunningStatus {

    /** The generation of the spec that the status speaks of; null: none yet. */
    Long observedGeneration();

    /** The last run; null: none yet. */
    RunStatus run();

    /** The value of the run annotation that was answered last; null: none. */
    String lastRunRequest();
}
