package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.connect.Series;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;
import java.util.List;

/**
 * The statements of one file within a transaction, in their order: those that need no look go to the server together, as
 * many at a time as {@link Pace} says. Where {@link Workplace#mayShare they may not}, they go one by one.
 */
final class Statements {

    private final Workplace at;
    private final List<Statement> statements;
    private final Execution execution;
    private final boolean mayShare;
    private final Pace pace = new Pace(Series.MOST);
    private int done;

    Statements(Workplace at, MigrationFile file, Execution execution) {
        this.at = at;
        this.statements = file.statements();
        this.execution = execution;
        this.mayShare = at.mayShare();
    }

    /** Runs all of them; when that throws, the one that failed is the execution's current one. */
    void run() throws SQLException {
        while (done < statements.size()) {
            at.guard().check();
            List<Statement> next = statements.subList(done, done + Math.max(1, together()));
            if (next.size() == 1) {
                execution.run(next.get(0));
            } else {
                long begun = at.millis();
                execution.run(next);
                pace.took(at.millis() - begun);
            }
            done += next.size();
        }
    }

    /** How many of those that are left can go together now. */
    private int together() {
        int most = mayShare ? Math.min(pace.size(), statements.size() - done) : 1;
        int count = 0;
        long characters = 0;
        while (count < most) {
            Statement statement = statements.get(done + count);
            characters += statement.text().length();
            if (characters > Series.MOST_CHARACTERS || !Sharing.needsNoLook(statement)) {
                break;
            }
            count++;
        }
        return count;
    }
}
