package dev.dbmigration.runner.replay;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Makes an empty database like the target, and drops it; only ever one that it has made and marked itself. */
final class ScratchDatabase {

    private static final String MARK = "scratch database of dbmigration-operator, to be dropped";

    private static final String COMMENT =
            "SELECT coalesce(pg_catalog.shobj_description(oid, 'pg_database'), '') FROM pg_catalog.pg_database"
                    + " WHERE datname = ?";

    private final Connection admin;
    private final RunLog log;

    /** By a session in another database of the same server. */
    ScratchDatabase(Connection admin, RunLog log) {
        this.admin = admin;
        this.log = log;
    }

    /** Whether a database of this name is there that is none of ours. */
    boolean isTaken(String name) throws SQLException {
        Optional<String> comment = comment(name);
        return comment.isPresent() && !comment.get().equals(MARK);
    }

    /**
     * Makes it; one that an earlier attempt has left behind goes first.
     *
     * @param creation options of CREATE DATABASE
     * @throws RunFailed where the server lacks the locale, or the user the right
     */
    void create(String name, String creation) throws SQLException {
        drop(name);
        String quoted = StatementNames.quoted(name);
        try {
            execute("CREATE DATABASE " + quoted + " TEMPLATE template0 " + creation);
        } catch (SQLException e) {
            throw refused(e);
        }
        execute("COMMENT ON DATABASE " + quoted + " IS '" + MARK + "'");
    }

    /** Drops it where it bears our mark. */
    void drop(String name) throws SQLException {
        if (comment(name).filter(MARK::equals).isPresent()) {
            execute("DROP DATABASE " + StatementNames.quoted(name) + " WITH (FORCE)");
        }
    }

    /** The same when nothing can be made of a failure any more. */
    void dropAtLast(String name) {
        try {
            drop(name);
        } catch (SQLException e) {
            log.line("the scratch database " + name + " was not dropped: SQLSTATE " + e.getSQLState());
        }
    }

    private Optional<String> comment(String name) throws SQLException {
        return new Catalogue(admin).first(COMMENT, row -> row.getString(1), name);
    }

    private static SQLException refused(SQLException e) {
        if ("42501".equals(e.getSQLState())) {
            throw RunFailed.because(
                    Reason.PermissionDenied,
                    "the user may not create the scratch database",
                    "let one who may run: ALTER ROLE … CREATEDB; or give scratch.image");
        }
        if ("22023".equals(e.getSQLState()) || "42809".equals(e.getSQLState())) {
            throw RunFailed.because(
                    Reason.UnsupportedFeature,
                    "the scratch server lacks the encoding or locale of the database: " + e.getMessage(),
                    "give a scratch.image that has it, such as one that is built on the same system");
        }
        return e;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}
