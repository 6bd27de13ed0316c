package dev.dbmigration.pod;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.Sql.Ledger;
import dev.dbmigration.check.Check;
import dev.dbmigration.check.LedgerCheck;
import java.util.List;
import java.util.Optional;

/** Checks of our own ledger, which need not say what the migration says that they judge. */
public final class LedgerChecks {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LedgerChecks() {}

    /** The spec, its checks of our ledger with schema and scope; {@code migration} empty: none is named. */
    public static MigrationVerificationSpec stated(
            MigrationVerificationSpec spec, Optional<DatabaseMigration> migration) {
        boolean known = migration.filter(named -> named.getSpec().sql() != null).isPresent();
        if (!known || spec.checks().stream().allMatch(check -> check.ledger() == null)) {
            return spec;
        }
        List<Check> checks = spec.checks().stream()
                .map(check -> stated(check, migration.get()))
                .toList();
        return with(spec, "checks", checks, MigrationVerificationSpec.class);
    }

    private static Check stated(Check check, DatabaseMigration migration) {
        if (check.ledger() == null) {
            return check;
        }
        Ledger ledger = migration.getSpec().sql().ledger();
        String scope = ledger.scopeOf(migration.getMetadata().getName());
        LedgerCheck stated = check.ledger().within(ledger.schema(), scope);
        return with(check, "ledger", stated, Check.class);
    }

    private static <T> T with(T value, String member, Object other, Class<T> type) {
        ObjectNode tree = (ObjectNode) CanonicalJson.tree(value);
        tree.set(member, CanonicalJson.tree(other));
        return MAPPER.convertValue(tree, type);
    }
}
