package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Container.PullPolicy;
import dev.dbmigration.report.LogFormat;

/**
 * This project's image, whose entrypoint takes {@code runner apply /run} and the like.
 *
 * @param pullPolicy null: Kubernetes' own default
 * @param logFormat how the lines of its log look
 */
public record RunnerImage(String reference, PullPolicy pullPolicy, LogFormat logFormat) {

    /** An image whose log is plain. */
    public RunnerImage(String reference, PullPolicy pullPolicy) {
        this(reference, pullPolicy, LogFormat.plain);
    }
}
