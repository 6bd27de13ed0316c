package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.QueryCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import java.sql.SQLException;
import java.sql.Statement;

/** A query of the user's and what it is expected to return. */
public record QueryProbe(QueryCheck check) implements Probe {

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
        OneQuery.require(catalogue, check.sql());
        try (Statement statement = catalogue.verbatim()) {
            Answer answer = Answer.of(check);
            statement.setMaxRows(answer.rows());
            if (!statement.execute(check.sql())) {
                throw new SQLException("not a query: the statement returns no result");
            }
            return answer.compared(statement.getResultSet());
        }
    }
}
