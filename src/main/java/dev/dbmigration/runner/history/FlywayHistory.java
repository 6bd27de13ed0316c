package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.script.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flyway's table: the last row of a version, or of a repeatable script, tells what became of it. */
final class FlywayHistory implements Reader {

    @Override
    public History read(Catalogue catalogue, HistoryTable table) throws SQLException {
        // The row of rank 0 says that Flyway has made the schema.
        String sql = "SELECT version, script, type, success, description FROM " + table.qualified()
                + " WHERE type <> 'SCHEMA' ORDER BY installed_rank";
        Map<String, Entry> last = new LinkedHashMap<>();
        for (Row row : catalogue.all(sql, Row::read)) {
            last.put(row.key(), row.entry());
        }
        List<Entry> entries = new ArrayList<>(last.values());
        entries.sort(Comparator.comparing(entry -> Version.of(entry.name())));
        return History.of(entries);
    }

    /** A row that repair or undo appends has the version of the one that it takes back, and a script of its own. */
    private record Row(String version, String script, String type, boolean success, String description) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4), row.getString(5));
        }

        String key() {
            return version == null ? "R " + description : Version.of(version).text();
        }

        Entry entry() {
            List<String> names = version == null ? List.of(script) : List.of(version, script);
            if (!success) {
                return new Entry(names, Entry.State.FAILED, "failed (" + script + ")");
            }
            if (type.equals("DELETE")) {
                return new Entry(names, Entry.State.GONE, "deleted by repair");
            }
            return type.startsWith("UNDO")
                    ? new Entry(names, Entry.State.GONE, "undone")
                    : new Entry(names, Entry.State.RECORDED, "");
        }
    }
}
