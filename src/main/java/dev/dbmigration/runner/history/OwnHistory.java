package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.script.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Our own ledger: a row in {@code migrations} is a file that is done, rows in {@code steps} are one that is not. */
final class OwnHistory implements Reader {

    private static final String STEPS = "steps";

    @Override
    public History read(Catalogue catalogue, HistoryTable table) throws SQLException {
        String sql = "SELECT version, file FROM " + table.qualified() + " WHERE scope = ?";
        List<Entry> entries = new ArrayList<>(
                catalogue.all(sql, row -> Entry.recorded(row.getString(1), row.getString(2)), table.scope()));
        entries.sort(Comparator.comparing(entry -> Version.of(entry.name())));
        if (table.hasSibling(catalogue, STEPS)) {
            entries.addAll(begun(catalogue, table));
        }
        return new History(entries, List.of(), entries.isEmpty() ? otherScopes(catalogue, table) : "");
    }

    private static List<Entry> begun(Catalogue catalogue, HistoryTable table) throws SQLException {
        String sql = "SELECT version, pg_catalog.count(*) FILTER (WHERE NOT begun),"
                + " pg_catalog.min(statement) FILTER (WHERE begun) FROM " + table.qualified(STEPS)
                + " WHERE scope = ? GROUP BY version ORDER BY version";
        return catalogue.all(sql, OwnHistory::halfDone, table.scope());
    }

    private static Entry halfDone(ResultSet row) throws SQLException {
        long done = row.getLong(2);
        int begun = row.getInt(3);
        String note = "half done (" + done + (done == 1 ? " statement" : " statements") + " done"
                + (row.wasNull() ? "" : "; statement " + begun + " begun, its end not seen") + ")";
        return new Entry(List.of(row.getString(1)), Entry.State.HALF_DONE, note);
    }

    /** The scope may be misspelt. */
    private static String otherScopes(Catalogue catalogue, HistoryTable table) throws SQLException {
        String sql = "SELECT DISTINCT scope FROM " + table.qualified() + " ORDER BY scope LIMIT 4";
        List<String> scopes = catalogue.all(sql, row -> row.getString(1));
        String shown =
                String.join(", ", scopes.subList(0, Math.min(3, scopes.size()))) + (scopes.size() > 3 ? ", …" : "");
        return scopes.isEmpty() ? "" : "; there are scopes " + shown;
    }
}
