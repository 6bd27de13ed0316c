package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prisma's table, in which a migration may have several rows: those that were resolved stay. */
final class PrismaHistory implements Reader {

    @Override
    public History read(Catalogue catalogue, HistoryTable table) throws SQLException {
        // The row that counts comes last: a finished one before one that was rolled back.
        String sql = "SELECT migration_name, finished_at IS NOT NULL, rolled_back_at IS NOT NULL, logs IS NOT NULL,"
                + " pg_catalog.to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') FROM "
                + table.qualified()
                + " ORDER BY migration_name COLLATE \"C\", rolled_back_at IS NULL, started_at";
        Map<String, Entry> last = new LinkedHashMap<>();
        for (Entry entry : catalogue.all(sql, PrismaHistory::entry)) {
            last.put(entry.name(), entry);
        }
        return History.of(new ArrayList<>(last.values()));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        List<String> names = List.of(row.getString(1));
        if (row.getBoolean(3)) {
            return new Entry(names, Entry.State.GONE, "rolled back");
        }
        if (row.getBoolean(2)) {
            return new Entry(names, Entry.State.RECORDED, "");
        }
        return row.getBoolean(4)
                ? new Entry(names, Entry.State.FAILED, "failed (its error stands in the column logs)")
                : new Entry(names, Entry.State.HALF_DONE, "begun at " + row.getString(5) + " UTC and not finished");
    }
}
