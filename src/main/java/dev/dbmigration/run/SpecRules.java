package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.Tls.CertificateSource;
import dev.dbmigration.check.Check;
import dev.dbmigration.pod.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of the CRDs once more, for servers that know no CEL and for clients that go around the schema. Each problem
 * is a sentence that names the field and the way out.
 */
public final class SpecRules {

    private static final int MOST_CHECKS = 100;
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(365);

    private final List<String> problems = new ArrayList<>();

    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Adds a problem unless a rule holds. */
    public SpecRules require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
        return this;
    }

    public SpecRules database(Database database) {
        if (database == null) {
            return require(false, "spec.database: set it");
        }
        require(database.host() != null || database.secretRef() != null, "spec.database: set host, secretRef or both");
        require(
                database.port() == null || database.port() >= 1 && database.port() <= 65535,
                "spec.database.port: between 1 and 65535");
        CertificateSource ca = database.tls().ca();
        return require(
                ca == null || (ca.configMapKeyRef() == null) != (ca.secretKeyRef() == null),
                "spec.database.tls.ca: set exactly one of configMapKeyRef and secretKeyRef");
    }

    public SpecRules container(Container container) {
        if (container == null) {
            return this;
        }
        require(container.image() != null && !container.image().isBlank(), "spec.container.image: set it");
        require(!container.entrypoint().isEmpty(), "spec.container.entrypoint: name the program to run");
        container
                .volumes()
                .forEach(volume -> require(
                        volume.sources().count() == 1,
                        "spec.container.volumes: volume " + volume.name() + " needs exactly one source"));
        return this;
    }

    /** A duration between two bounds; null is none. */
    public SpecRules duration(String field, String value, Duration least, Duration most) {
        if (value == null) {
            return this;
        }
        try {
            Duration duration = GoDuration.parse(value);
            return require(
                    duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
                    field + ": " + value + " is not between " + GoDuration.format(least) + " and "
                            + GoDuration.format(most));
        } catch (IllegalArgumentException e) {
            return require(false, field + ": " + e.getMessage());
        }
    }

    /** When checks run again: at most one way, and one that is understood. */
    public SpecRules recurrence(String field, String interval, String schedule, String timeZone) {
        require(interval == null || schedule == null, field + ": set interval or schedule, not both");
        require(schedule != null || timeZone == null, field + ".timeZone: it belongs to schedule");
        duration(field + ".interval", interval, LEAST_INTERVAL, LONGEST_INTERVAL);
        if (schedule != null) {
            understood(field + ".schedule", () -> Recurrence.at(schedule, null));
            understood(field + ".timeZone", () -> Recurrence.zone(timeZone));
        }
        return this;
    }

    private void understood(String field, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            require(false, field + ": " + e.getMessage());
        }
    }

    public SpecRules checks(String field, List<Check> checks) {
        require(!checks.isEmpty(), field + ": name at least one check");
        require(checks.size() <= MOST_CHECKS, field + ": at most " + MOST_CHECKS + " checks; use a second resource");
        Set<String> names = new HashSet<>();
        for (Check check : checks) {
            require(check.name() != null && !check.name().isBlank(), field + ": each check needs a name");
            require(
                    names.add(check.name()),
                    field + ": two checks are named \"" + check.name() + "\"; each needs a name of its own");
            String named = field + ": check \"" + check.name() + "\": ";
            require(check.kinds().count() == 1, named + Check.ONE_KIND);
            check.problem().ifPresent(problem -> require(false, named + problem));
        }
        return this;
    }

    /**
     * Checks that replay the migration's files.
     *
     * @param what the field by which they have them
     */
    public SpecRules replays(String field, List<Check> checks, String what, boolean hasFiles) {
        long replays = checks == null
                ? 0
                : checks.stream()
                        .filter(check -> check.expectedSchema() != null)
                        .count();
        return require(
                replays <= (hasFiles ? 1 : 0), field + ": at most one check is expectedSchema, and it needs " + what);
    }
}
