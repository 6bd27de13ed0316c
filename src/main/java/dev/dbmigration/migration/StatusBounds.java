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
        DatabaseMigrationStatus next = smaller(bounded);
        while (size(bounded) > BYTES && next != bounded) {
            bounded = next;
            next = smaller(bounded);
        }
        return bounded;
    }

    /** Without the least important entry; the same where only what must be told is left. */
    private static DatabaseMigrationStatus smaller(DatabaseMigrationStatus status) {
        if (!status.history().isEmpty()) {
            return with(status, status.failures(), status.warnings(), withoutLast(status.history()));
        }
        if (!status.warnings().isEmpty()) {
            return with(status, status.failures(), withoutLast(status.warnings()), List.of());
        }
        return status.failures().size() > 1
                ? with(status, withoutLast(status.failures()), List.of(), List.of())
                : status;
    }

    private static <T> List<T> withoutLast(List<T> list) {
        return list.subList(0, list.size() - 1);
    }

    private static DatabaseMigrationStatus with(
            DatabaseMigrationStatus status,
            List<DatabaseMigrationStatus.Failure> failures,
            List<DatabaseMigrationStatus.Warning> warnings,
            List<DatabaseMigrationStatus.HistoryEntry> history) {
        return new DatabaseMigrationStatus(
                status.observedGeneration(),
                status.phase(),
                status.progress(),
                status.conditions(),
                status.summary(),
                failures,
                status.run(),
                status.lastAppliedRun(),
                status.lastRunRequest(),
                warnings,
                status.plan(),
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
