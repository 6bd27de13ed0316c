package dev.dbmigration.runner.replay;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.schema.Schema;
import dev.dbmigration.runner.schema.SchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An empty database that is like the target was before its files. Closing it drops it.
 *
 * @param name of the database
 * @param variables by which a run reaches it
 * @param role whom the run becomes by SET ROLE; null: nobody else
 * @param roles names that stand for others when it is read
 */
record Scratch(
        Connection admin,
        String name,
        Map<String, String> variables,
        String role,
        Map<String, String> roles,
        RunLog log)
        implements AutoCloseable {

    private static final String POWERFUL = "SELECT rolname FROM pg_catalog.pg_roles r"
            + " WHERE (rolsuper OR rolcreaterole OR rolreplication)"
            + " AND pg_catalog.pg_has_role(session_user, r.oid, 'MEMBER') ORDER BY rolname <> session_user LIMIT 1";

    /**
     * One on the server beside the runner, with the names of roles, and who runs the files as its superuser.
     *
     * @param schema in which the files work; null: not said
     */
    static Scratch beside(ScratchServer server, String schema, TargetFacts facts, FileNames made, RunLog log)
            throws SQLException, InterruptedException {
        Connection admin = server.open();
        refuseOtherVersion(admin, facts);
        ScratchDatabase databases = new ScratchDatabase(admin, log);
        String name = databases.isTaken(facts.name()) ? facts.name() + "_scratch" : facts.name();
        refuseTaken(databases, name);
        databases.create(name, facts.creation());
        try (Connection inside = server.open(name)) {
            Preparation preparation = new Preparation(inside, facts, made, log);
            preparation.roles();
            preparation.schema(schema);
            preparation.extensions();
            preparation.defaultPrivileges();
            preparation.settings(true);
        }
        String role = facts.role().equals(facts.user()) ? null : facts.role();
        return new Scratch(admin, name, server.as(facts.user(), name), role, Map.of(), log);
    }

    /** One on the server of the target, by a user who can do no harm to it beyond that database. */
    static Scratch onSameServer(
            dev.dbmigration.check.Scratch.SameServer wanted,
            Environment target,
            String schema,
            TargetFacts facts,
            FileNames made,
            RunLog log)
            throws SQLException {
        Connection admin = session(variables(target, facts.name()), wanted.role());
        refusePowerful(admin);
        ScratchDatabase databases = new ScratchDatabase(admin, log);
        refuseTaken(databases, wanted.database());
        databases.create(wanted.database(), facts.creation());
        Map<String, String> there = variables(target, wanted.database());
        try (Connection inside = session(there, wanted.role())) {
            Preparation preparation = new Preparation(inside, facts, made, log);
            preparation.schema(schema);
            preparation.extensions();
            preparation.defaultPrivileges();
            preparation.settings(false);
        }
        String acting = wanted.role() == null ? facts.user() : wanted.role();
        return new Scratch(admin, wanted.database(), there, wanted.role(), Map.of(acting, facts.role()), log);
    }

    private static Connection session(Map<String, String> variables, String role) {
        Environment environment = Environment.of(variables);
        Session session = new Session(null, null, null, role);
        return new Connections(environment, new SessionSettings(environment.applicationName(), session)).open();
    }

    private static Map<String, String> variables(Environment target, String database) {
        Map<String, String> there = new HashMap<>();
        there.put("PGHOST", target.host());
        there.put("PGPORT", String.valueOf(target.port()));
        there.put("PGDATABASE", database);
        there.put("PGUSER", target.user());
        there.put("PGPASSWORD", target.password());
        there.put("PGSSLMODE", target.sslMode());
        there.put("PGSSLROOTCERT", target.sslRootCert());
        there.put("PGAPPNAME", target.applicationName());
        there.put("PGCONNECT_TIMEOUT", String.valueOf(target.connectTimeoutSeconds()));
        return there;
    }

    private static void refuseOtherVersion(Connection admin, TargetFacts facts) throws SQLException {
        int version = new Catalogue(admin)
                .first("SELECT current_setting('server_version_num')::int / 10000", row -> row.getInt(1))
                .orElseThrow();
        if (version != facts.version()) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    "the scratch server is PostgreSQL " + version + ", the database's is " + facts.version(),
                    "give a scratch.image of PostgreSQL " + facts.version());
        }
    }

    private static void refuseTaken(ScratchDatabase databases, String name) throws SQLException {
        if (databases.isTaken(name)) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    "a database " + name + " is there that is not ours to drop",
                    "give scratch.sameServer.database a name that nobody has");
        }
    }

    private static void refusePowerful(Connection admin) throws SQLException {
        List<String> powerful = new Catalogue(admin).all(POWERFUL, row -> row.getString(1));
        if (!powerful.isEmpty()) {
            throw RunFailed.because(
                    Reason.PermissionDenied,
                    "the user is, or may become, " + powerful.get(0)
                            + ", which has SUPERUSER, CREATEROLE or REPLICATION: files that are replayed by it could"
                            + " reach the whole server",
                    "let the verification's Secret hold a user without these, or give scratch.image");
        }
    }

    /** What it consists of now. */
    Schema read() throws SQLException {
        try (Connection connection = session(variables, role);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN READ ONLY");
            Schema schema = new SchemaReader(new Catalogue(connection), roles).all();
            statement.execute("ROLLBACK");
            return schema;
        }
    }

    @Override
    public void close() {
        try (admin) {
            new ScratchDatabase(admin, log).dropAtLast(name);
        } catch (SQLException e) {
            log.line("closing the connection to the scratch server failed: " + e.getSQLState());
        }
    }
}
