package dev.dbmigration.reconcile;

import dev.dbmigration.pod.RunnerImage;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;

/** What the reconcilers of both kinds are given. */
public record Tools(KubernetesClient client, RunnerImage runner, Clock clock, RunMetrics metrics) {}
