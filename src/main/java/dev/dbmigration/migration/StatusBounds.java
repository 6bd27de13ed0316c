package dev.dbmigration.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import java.util.List;

/** Keeps a status within 32 KiB: what the Pod's log and the ledger hold as well is dropped first. */
final class StatusBounds {

    private static final int BYTES = 32 * 1024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StatusBounds() {}

    static DatabaseMigrationStatus within(DatabaseMigrationStatus status) {
        DatabaseMigrationStatus bounded = status;
        while (size(bounded) > BYTES
                && !(bounded.warnings().isEmpty() && bounded.history().isEmpty())) {
            bounded = bounded.history().isEmpty()
                    ? with(bounded, withoutLast(bounded.warnings()), bounded.history())
                    : with(bounded, bounded.warnings(), withoutLast(bounded.history()));
        }
        return bounded;
    }

    private static <T> List<T> withoutLast(List<T> list) {
        return list.subList(0, list.size() - 1);
    }

    private static DatabaseMigrationStatus with(
            DatabaseMigrationStatus status,
            List<DatabaseMigrationStatus.Warning> warnings,
            List<DatabaseMigrationStatus.HistoryEntry> history) {
        return new DatabaseMigrationStatus(
                status.observedGeneration(),
                status.phase(),
                status.progress(),
                status.conditions(),
                status.summary(),
                status.failures(),
                status.run(),
                status.lastAppliedRun(),
                status.lastRunRequest(),
                warnings,
                history);
    }

    private static int size(DatabaseMigrationStatus status) {
        try {
            return MAPPER.writeValueAsBytes(status).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
