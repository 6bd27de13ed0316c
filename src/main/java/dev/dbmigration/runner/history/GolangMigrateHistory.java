package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** golang-migrate's table: one row, the current version, dirty from before its file runs until it has run. */
final class GolangMigrateHistory implements Reader {

    @Override
    public History read(Catalogue catalogue, HistoryTable table) throws SQLException {
        String sql = "SELECT version, dirty FROM " + table.qualified() + " ORDER BY version";
        List<Entry> entries = catalogue.all(sql, GolangMigrateHistory::entry);
        List<String> troubles = entries.size() > 1
                ? List.of(entries.size() + " rows, where golang-migrate keeps one")
                : List.<String>of();
        return new History(entries, troubles, "");
    }

    private static Entry entry(ResultSet row) throws SQLException {
        List<String> names = List.of(row.getString(1));
        return row.getBoolean(2)
                ? new Entry(names, Entry.State.HALF_DONE, "dirty: its file failed, was killed or runs")
                : new Entry(names, Entry.State.RECORDED, "");
    }
}
