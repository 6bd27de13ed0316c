package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Container.PullPolicy;

/** This project's image, whose entrypoint takes {@code runner apply /run} and the like. */
public record RunnerImage(String reference, PullPolicy pullPolicy) {}
