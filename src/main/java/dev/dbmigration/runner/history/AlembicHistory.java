package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Alembic's table: not a history but the current heads, of which there is one unless branches are meant. */
final class AlembicHistory implements Reader {

    @Override
    public History read(Catalogue catalogue, HistoryTable table) throws SQLException {
        String sql = "SELECT version_num FROM " + table.qualified() + " ORDER BY version_num COLLATE \"C\"";
        List<Entry> heads = catalogue.all(sql, row -> Entry.recorded(row.getString(1)));
        String names = heads.stream().map(Entry::name).collect(Collectors.joining(" and "));
        return new History(heads, heads.size() > 1 ? List.of("several heads: " + names) : List.of(), "");
    }
}
