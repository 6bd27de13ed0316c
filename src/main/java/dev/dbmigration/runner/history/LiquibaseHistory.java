package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Liquibase's table of change sets, and the one row of the table by which it locks. */
final class LiquibaseHistory implements Reader {

    private static final String LOCK = "databasechangeloglock";
    private static final Set<String> RUN = Set.of("EXECUTED", "RERAN", "MARK_RAN", "SKIPPED");

    @Override
    public History read(Catalogue catalogue, HistoryTable table) throws SQLException {
        String sql = "SELECT id, author, filename, exectype FROM " + table.qualified() + " ORDER BY orderexecuted";
        List<Entry> entries = catalogue.all(sql, LiquibaseHistory::changeSet);
        List<String> locks = table.hasSibling(catalogue, LOCK) ? locks(catalogue, table) : List.of();
        return new History(entries, locks, "");
    }

    private static Entry changeSet(ResultSet row) throws SQLException {
        String id = row.getString(1);
        String ofAuthor = id + "::" + row.getString(2);
        List<String> names = List.of(row.getString(3) + "::" + ofAuthor, ofAuthor, id);
        String type = row.getString(4);
        return RUN.contains(type)
                ? new Entry(names, Entry.State.RECORDED, "")
                : new Entry(names, Entry.State.FAILED, "has EXECTYPE " + type);
    }

    private static List<String> locks(Catalogue catalogue, HistoryTable table) throws SQLException {
        String sql = "SELECT 'its lock is held by ' || COALESCE(lockedby, 'nobody named')"
                + " || COALESCE(' since ' || pg_catalog.to_char(lockgranted, 'YYYY-MM-DD HH24:MI:SS'), '')"
                + " || ', by an update that runs or was killed' FROM "
                + table.qualified(LOCK) + " WHERE locked";
        return catalogue.all(sql, row -> row.getString(1));
    }
}
