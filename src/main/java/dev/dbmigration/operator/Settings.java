package dev.dbmigration.operator;

import dev.dbmigration.api.v1alpha1.Container.PullPolicy;
import dev.dbmigration.pod.RunnerImage;
import dev.dbmigration.report.LogFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The operator's configuration, read from the environment once.
 *
 * @param runner image of the Pods that run SQL and checks
 * @param namespaces namespaces to watch; empty: all
 * @param httpPort port of health, readiness and metrics; 0: any that is free
 * @param leaderElection null: this is the only replica
 */
public record Settings(RunnerImage runner, Set<String> namespaces, int httpPort, LeaderElection leaderElection) {

    /**
     * Which of several replicas works.
     *
     * @param leaseName name of the Lease that replicas of one release share, and no other release
     * @param namespace namespace of the Lease; null: the one the operator runs in
     * @param identity name of this replica; null: one is made up
     */
    public record LeaderElection(
            String leaseName,
            String namespace,
            String identity,
            Duration leaseDuration,
            Duration renewDeadline,
            Duration retryPeriod) {}

    private static final String PREFIX = "DBMIGRATION_";
    private static final String LEASE = "dbmigration-operator";
    private static final int HTTP_PORT = 8080;

    /**
     * Reads the variables {@code DBMIGRATION_RUNNER_IMAGE} (required), {@code DBMIGRATION_RUNNER_IMAGE_PULL_POLICY},
     * {@code DBMIGRATION_NAMESPACES} (comma-separated), {@code DBMIGRATION_HTTP_PORT}, {@code
     * DBMIGRATION_LEADER_ELECTION} (true), {@code DBMIGRATION_LEASE_NAME} (dbmigration-operator), {@code POD_NAMESPACE},
     * {@code POD_NAME}, {@code DBMIGRATION_LOG_FORMAT} (json) and {@code DBMIGRATION_RUNNER_LOG_FORMAT} (plain).
     *
     * @throws IllegalArgumentException with a sentence that names the variable
     */
    public static Settings from(Map<String, String> env) {
        // Read by logback.xml, which would keep silent about a word that it does not know, and about all else.
        logFormat(env, LogFormat.VARIABLE, LogFormat.json);
        return new Settings(runner(env), namespaces(env), port(env), leaderElection(env));
    }

    private static LogFormat logFormat(Map<String, String> env, String variable, LogFormat otherwise) {
        return LogFormat.of(variable, env.get(variable), otherwise);
    }

    private static RunnerImage runner(Map<String, String> env) {
        String image = env.get(PREFIX + "RUNNER_IMAGE");
        if (image == null || image.isBlank()) {
            throw new IllegalArgumentException(PREFIX
                    + "RUNNER_IMAGE is not set: name the image that runs migrations, which is the operator's own");
        }
        String policy = env.get(PREFIX + "RUNNER_IMAGE_PULL_POLICY");
        return new RunnerImage(
                image,
                policy == null || policy.isBlank() ? null : pullPolicy(policy),
                logFormat(env, PREFIX + "RUNNER_LOG_FORMAT", LogFormat.plain));
    }

    private static PullPolicy pullPolicy(String policy) {
        return Arrays.stream(PullPolicy.values())
                .filter(known -> known.name().equals(policy))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PREFIX + "RUNNER_IMAGE_PULL_POLICY is " + policy
                        + ", and not one of " + Arrays.toString(PullPolicy.values())));
    }

    private static Set<String> namespaces(Map<String, String> env) {
        return Arrays.stream(env.getOrDefault(PREFIX + "NAMESPACES", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int port(Map<String, String> env) {
        String port = env.getOrDefault(PREFIX + "HTTP_PORT", Integer.toString(HTTP_PORT));
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PREFIX + "HTTP_PORT is " + port + ", and not a port");
        }
    }

    private static LeaderElection leaderElection(Map<String, String> env) {
        String lease = env.get(PREFIX + "LEASE_NAME");
        boolean wanted = Boolean.parseBoolean(env.getOrDefault(PREFIX + "LEADER_ELECTION", "true"));
        return wanted
                ? new LeaderElection(
                        lease == null || lease.isBlank() ? LEASE : lease,
                        env.get("POD_NAMESPACE"),
                        env.get("POD_NAME"),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2))
                : null;
    }
}
