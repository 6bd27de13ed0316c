package dev.dbmigration.runner.verify.value;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.postgresql.core.Parser;

/** That a user's text is one statement, before it is sent. */
public final class OneQuery {

    /** Blanks and comments, which the driver's splitter takes for a statement; a nested comment counts as one. */
    private static final Pattern NOTHING =
            Pattern.compile("(?:\\s|--[^\\n\\r]*+|/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/)*+");

    private OneQuery() {}

    /**
     * Two statements could end the read-only transaction and then write. The driver would send them one by one, so its
     * own splitter decides; what it takes for one the server refuses unless it is one.
     */
    public static void require(Catalogue catalogue, String sql) throws SQLException {
        boolean conforming = catalogue.standardConformingStrings();
        long statements = Parser.parseJdbcSql(sql, conforming, false, true, false, false).stream()
                .filter(part -> !NOTHING.matcher(part.nativeSql).matches())
                .count();
        if (statements != 1) {
            throw new SQLException(Words.count(statements, "statement") + ", where one query is expected");
        }
    }
}
