package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.QueryCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.postgresql.core.Parser;

/** A query of the user's and what it is expected to return. */
public record QueryProbe(QueryCheck check) implements Probe {

    /** Blanks and comments, which the driver's splitter takes for a statement; a nested comment counts as one. */
    private static final Pattern NOTHING =
            Pattern.compile("(?:\\s|--[^\\n\\r]*+|/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/)*+");

    @Override
    public String expected() {
        return Answer.of(check).expected();
    }

    @Override
    public String statement() {
        return check.sql();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        refuseSeveral(catalogue);
        try (Statement statement = catalogue.verbatim()) {
            Answer answer = Answer.of(check);
            statement.setMaxRows(answer.rows());
            if (!statement.execute(check.sql())) {
                throw new SQLException("not a query: the statement returns no result");
            }
            return answer.compared(statement.getResultSet());
        }
    }

    /**
     * Two statements could end the read-only transaction and then write. The driver would send them one by one, so its
     * own splitter decides; what it takes for one the server refuses unless it is one.
     */
    private void refuseSeveral(Catalogue catalogue) throws SQLException {
        boolean conforming = catalogue.standardConformingStrings();
        long statements = Parser.parseJdbcSql(check.sql(), conforming, false, true, false, false).stream()
                .filter(part -> !NOTHING.matcher(part.nativeSql).matches())
                .count();
        if (statements != 1) {
            throw new SQLException(Words.count(statements, "statement") + ", where one query is expected");
        }
    }
}
