package dev.dbmigration.quickstart;

import static dev.dbmigration.kube.Conditions.isTrue;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.Failure;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.CheckStatus;
import dev.dbmigration.kube.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What came of it all. */
record Ending(Cast cast, Terminal terminal) {

    /** Each check that was run, with what it expected and what it found. */
    void checks() {
        for (MigrationVerification verification : cast.verifications()) {
            if (verification.getStatus() == null
                    || verification.getStatus().checks().isEmpty()) {
                continue;
            }
            terminal.line("");
            terminal.line("Checks of mver/" + verification.getMetadata().getName());
            for (CheckStatus check : verification.getStatus().checks()) {
                terminal.line("  %-7s %s".formatted(check.result(), check.name()));
                terminal.line("          expected  " + check.expected());
                terminal.line("          observed  " + check.observed());
            }
        }
    }

    /** Where each failed migration failed, and what may help. */
    void failures() {
        for (DatabaseMigration migration : cast.migrations()) {
            if (migration.getStatus() == null) {
                continue;
            }
            for (Failure failure : migration.getStatus().failures()) {
                terminal.line("");
                terminal.line("Failure of dbm/" + migration.getMetadata().getName());
                field("file", failure.file());
                field("statement", failure.statement());
                field("line", failure.line());
                field("reason", failure.reason());
                field("SQLSTATE", failure.sqlState());
                field("message", failure.message());
                field("hint", failure.hint());
            }
        }
    }

    private void field(String name, Object value) {
        if (value != null) {
            terminal.line("  %-10s %s".formatted(name, value));
        }
    }

    void tables() {
        table("dbm", DatabaseMigration.class, cast.migrations());
        table("mver", MigrationVerification.class, cast.verifications());
    }

    private <R extends HasMetadata> void table(String shortName, Class<R> kind, Collection<R> resources) {
        if (!resources.isEmpty()) {
            terminal.line("");
            terminal.line("$ kubectl get " + shortName);
            Table.of(kind, resources).forEach(terminal::line);
        }
    }

    /** A sentence for each resource that is not as its spec wants it. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (DatabaseMigration migration : cast.migrations()) {
            if (!"Suspended".equals(Cast.phase(migration))) {
                complain(complaints, "dbm/" + migration.getMetadata().getName(), Cast.conditions(migration));
            }
        }
        for (MigrationVerification verification : cast.verifications()) {
            if (!"Suspended".equals(Cast.phase(verification))) {
                complain(complaints, "mver/" + verification.getMetadata().getName(), Cast.conditions(verification));
            }
        }
        return complaints;
    }

    private static void complain(List<String> complaints, String resource, List<Condition> conditions) {
        if (!isTrue(conditions, "Ready")) {
            String why = Conditions.find(conditions, "Ready")
                    .map(ready -> ready.getReason() + ", " + ready.getMessage())
                    .orElse("the operator has not said why");
            complaints.add(resource + " is not Ready: " + why);
        }
    }
}
