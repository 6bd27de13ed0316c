package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.replay.TargetFacts.DefaultPrivilege;
import dev.dbmigration.runner.replay.TargetFacts.Extension;
import dev.dbmigration.runner.replay.TargetFacts.Setting;
import dev.dbmigration.runner.words.SqlString;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies into a scratch database what the target had before its files. What cannot be had is told in the log; where the
 * files need it, the replay fails and says so.
 */
final class Preparation {

    /** What would make the session somebody else, or keep it from writing. */
    private static final Set<String> NOT_COPIED =
            Set.of("role", "session_authorization", "default_transaction_read_only");

    private final Connection connection;
    private final TargetFacts facts;
    private final FileNames made;
    private final RunLog log;

    /** By a session in the scratch database, for files that make {@code made} themselves. */
    Preparation(Connection connection, TargetFacts facts, FileNames made, RunLog log) {
        this.connection = connection;
        this.facts = facts;
        this.made = made;
        this.log = log;
    }

    /** The schema in which the files work, unless they make it. */
    void schema(String schema) throws SQLException {
        if (schema != null && !schema.isEmpty() && !made.schemas().contains(schema)) {
            execute("CREATE SCHEMA IF NOT EXISTS " + StatementNames.quoted(schema));
        }
    }

    /** Names without a login; who runs the files may do here what the target lets them do there, and more. */
    void roles() throws SQLException {
        Set<String> there = new HashSet<>(
                new Catalogue(connection).all("SELECT rolname FROM pg_catalog.pg_roles", row -> row.getString(1)));
        for (String role : facts.roles()) {
            boolean acting = role.equals(facts.user()) || role.equals(facts.role());
            if (!there.contains(role) && (acting || !made.roles().contains(role))) {
                String options = acting ? " LOGIN SUPERUSER" : " NOLOGIN";
                execute("CREATE ROLE " + StatementNames.quoted(role) + options);
            }
        }
    }

    /** Each where it is; those that the files create are theirs. */
    void extensions() {
        for (Extension extension : facts.extensions()) {
            if (!made.extensions().contains(extension.name())) {
                String schema = StatementNames.quoted(extension.schema());
                boolean own = extension.schema().startsWith("pg_");
                String create = "CREATE EXTENSION IF NOT EXISTS " + StatementNames.quoted(extension.name());
                attempt(
                        "extension " + extension.name(),
                        own
                                ? List.of(create + " CASCADE")
                                : List.of(
                                        "CREATE SCHEMA IF NOT EXISTS " + schema,
                                        create + " SCHEMA " + schema + " CASCADE"));
            }
        }
    }

    /** Those of schemas that the files have yet to make are the files' own. */
    void defaultPrivileges() throws SQLException {
        Set<String> schemas = new HashSet<>(
                new Catalogue(connection).all("SELECT nspname FROM pg_catalog.pg_namespace", row -> row.getString(1)));
        for (DefaultPrivilege privilege : facts.defaultPrivileges()) {
            if (privilege.schema().isEmpty() || schemas.contains(privilege.schema())) {
                attempt("default privileges", List.of(privilege.statement()));
            }
        }
    }

    /** The server quotes a list of names as it should only when it takes the value from the session. */
    void settings(boolean ofRoles) throws SQLException {
        String database = StatementNames.quoted(connection.getCatalog());
        for (Setting setting : facts.settings()) {
            if (NOT_COPIED.contains(setting.name()) || setting.role() != null && !ofRoles) {
                continue;
            }
            String in = setting.role() == null
                    ? "DATABASE " + database
                    : "ROLE " + setting.role() + (setting.ofDatabase() ? " IN DATABASE " + database : "");
            attempt(
                    "setting " + setting.name(),
                    List.of(
                            "SELECT pg_catalog.set_config(" + literal(setting.name()) + ", " + literal(setting.value())
                                    + ", true)",
                            "ALTER " + in + " SET " + name(setting.name()) + " FROM CURRENT"));
        }
    }

    private static String name(String setting) {
        return setting.contains(".")
                ? List.of(setting.split("\\.")).stream()
                        .map(StatementNames::quoted)
                        .reduce((one, other) -> one + "." + other)
                        .orElseThrow()
                : setting;
    }

    private static String literal(String text) {
        return SqlString.of(text);
    }

    private void attempt(String what, List<String> statements) {
        try {
            execute("BEGIN");
            for (String statement : statements) {
                execute(statement);
            }
            execute("COMMIT");
        } catch (SQLException e) {
            log.quoted("not copied into the scratch database: " + what + ": "
                    + ServerWords.of(e, String.join("; ", statements)));
            rollback();
        }
    }

    private void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            throw new IllegalStateException("the scratch server is gone", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
