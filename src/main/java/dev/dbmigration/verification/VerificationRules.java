package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.run.SpecRules;
import java.time.Duration;
import java.util.List;

/** What makes no sense in the spec of a verification, whatever server let it in. */
final class VerificationRules {

    private static final Duration WEEK = Duration.ofHours(168);

    private VerificationRules() {}

    /** The problems, each a sentence; empty: there are none. */
    static List<String> problems(MigrationVerificationSpec spec) {
        SpecRules rules = new SpecRules();
        if (spec == null) {
            return rules.require(false, "spec: set it").problems();
        }
        rules.require(
                        (spec.checks() == null) != (spec.container() == null),
                        "spec: set exactly one of checks and container")
                .require(
                        spec.database() != null || spec.migrationRef() != null,
                        "spec: set database, migrationRef or both")
                .container(spec.container())
                .duration("spec.timeouts.start", spec.timeouts().start(), Duration.ofSeconds(1), WEEK)
                .duration("spec.timeouts.run", spec.timeouts().run(), Duration.ZERO, WEEK)
                .duration("spec.timeouts.statement", spec.timeouts().statement(), Duration.ZERO, WEEK);
        rules.recurrence("spec", spec.interval(), spec.schedule(), spec.timeZone());
        if (spec.database() != null) {
            rules.database(spec.database());
        }
        if (spec.checks() != null) {
            rules.checks("spec.checks", spec.checks())
                    .replays("spec.checks", spec.checks(), "migrationRef", spec.migrationRef() != null);
        }
        return rules.problems();
    }
}
