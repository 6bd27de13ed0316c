package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.LogFormat;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.verify.Checks;
import dev.dbmigration.testing.CommentedSql;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code database.role}: users come and go, and what is made belongs to one role. */
class RoleTest {

    private static final String OWNERS = "SELECT string_agg(DISTINCT relowner::regrole::text, ' ') FROM pg_class"
            + " WHERE relkind IN ('r', 'i') AND relnamespace IN"
            + " ('public'::regnamespace, to_regnamespace('dbmigration')::oid)";

    private final Database database = Postgres.shared().newDatabase("role");
    private final String owner = database.name() + "_owner";
    private final String other = database.name() + "_other";
    private final Database a = database.as(database.name() + "_a", "any");
    private final Database b = database.as(database.name() + "_b", "any");
    private final RunDirectory run;

    RoleTest(@TempDir Path root) {
        run = new RunDirectory(root);
        database.execute("CREATE ROLE " + owner + "; CREATE ROLE " + other + ";"
                + "GRANT CREATE ON DATABASE " + database.name() + " TO " + owner + ", " + other + ";"
                + "GRANT CREATE ON SCHEMA public TO " + owner + ", " + other + ";"
                + "CREATE ROLE " + a.user() + " LOGIN IN ROLE " + owner + ", " + other + ";"
                + "CREATE ROLE " + b.user() + " LOGIN IN ROLE " + owner);
        run.session = as(owner);
    }

    private static RunInput.Session as(String role) {
        return new RunInput.Session(null, null, null, role);
    }

    @ParameterizedTest
    @EnumSource
    void usersRotateAndTheRoleOwnsEverything(Transaction transaction) {
        run.transaction = transaction;
        run.sql("1.sql", "CREATE TABLE t (n int PRIMARY KEY)");
        assertThat(run.apply(a).failures()).isEmpty();

        Report report = run.sql("2.sql", "ALTER TABLE t ADD m int; CREATE TABLE u (n int)")
                .sql("3.sql", "INSERT INTO t VALUES (1, 1); CREATE INDEX ON u (n)")
                .apply(b);

        assertThat(report.failures()).isEmpty();
        assertThat(report.summary().alreadyApplied()).isEqualTo(1);
        assertThat(database.query(OWNERS)).isEqualTo(owner);
        assertThat(database.query("SELECT string_agg(applied_by, ' ' ORDER BY version) FROM dbmigration.migrations"))
                .isEqualTo(a.user() + " " + b.user() + " " + b.user());
    }

    @Test
    void whatOneUserHasBegunTheNextGoesOnWith() {
        String index = "CREATE TABLE t (n int);\nCREATE INDEX CONCURRENTLY t_n ON t (n);\n";
        assertThat(run.sql("1.sql", index + "SELECT nothing").apply(a).reason()).isEqualTo(Reason.UndefinedObject);

        Report report = run.sql("1.sql", index + "CREATE INDEX CONCURRENTLY t_m ON t ((n + 1))")
                .apply(b);

        assertThat(report.failures()).isEmpty();
        assertThat(database.query(OWNERS)).isEqualTo(owner);
    }

    /** With all statements of its comment the example is applied, and with one of them left out it is not. */
    @ParameterizedTest
    @ValueSource(strings = {"GRANT CREATE ON DATABASE", "GRANT USAGE, CREATE ON SCHEMA", "GRANT ehr_owner"})
    void theExampleNeedsWhatItsCommentSays(String needed) throws IOException {
        String role = database.name() + "_ehr";
        String text = Files.readString(Path.of("deploy/examples/13-role.yaml")).replace("ehr_owner", role);
        JsonNode spec = new ObjectMapper(new YAMLFactory()).readTree(text).path("spec");
        JsonNode file = spec.at("/sql/sources/0/inline");
        Database user = database.as(database.name() + "_new", "any");
        database.execute("REVOKE CREATE ON SCHEMA public FROM public; CREATE ROLE " + user.user() + " LOGIN");
        Map<Boolean, List<String>> comment = CommentedSql.of(text, user).stream()
                .collect(Collectors.partitioningBy(sql -> sql.startsWith(needed.replace("ehr_owner", role))));
        run.session = as(spec.at("/database/role").asText());
        run.sql(file.path("name").asText(), file.path("content").asText());

        comment.get(false).forEach(database::execute);
        assertThat(run.apply(user).reason()).isEqualTo(Reason.PermissionDenied);

        assertThat(comment.get(true)).hasSize(1).allSatisfy(database::execute);
        assertThat(run.apply(user).failures()).isEmpty();
        JsonNode check = spec.at("/verify/checks/0/query");
        assertThat(database.query(check.path("sql").asText()))
                .isEqualTo(check.path("equals").asText());
        assertThat(database.query("SELECT applied_by FROM dbmigration.migrations"))
                .isEqualTo(user.user());
    }

    /** As a superuser, who may do all of it; OTHER is another role. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESET ROLE",
                "SET ROLE NONE",
                "SET ROLE OTHER",
                "SELECT set_config('role', 'OTHER', false)",
                "SET SESSION AUTHORIZATION OTHER",
                "SET SESSION AUTHORIZATION OTHER; SET ROLE OTHER",
                "RESET SESSION AUTHORIZATION",
                "DISCARD ALL",
                "-- dbmigration: transaction=none\nSET SESSION AUTHORIZATION OTHER",
                "BEGIN; SET ROLE OTHER; COMMIT"
            })
    void whomAFileBecomesTheNextDoesNotNotice(String sql) {
        Report report = run.sql("1.sql", sql.replace("OTHER", other))
                .sql("2.sql", "CREATE TABLE t AS SELECT session_user::text AS who")
                .apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(report.summary().applied()).isEqualTo(2);
        assertThat(database.query(OWNERS)).isEqualTo(owner);
        assertThat(database.query("SELECT who FROM t")).isEqualTo(database.user());
    }

    @Test
    void norDoesItWithinOneTransactionOverAllFiles() {
        run.transaction = Transaction.All;
        Report report = run.sql("1.sql", "SET ROLE " + other)
                .sql("2.sql", "CREATE TABLE t ()")
                .apply(a);

        assertThat(report.failures()).isEmpty();
        assertThat(database.query(OWNERS)).isEqualTo(owner);
    }

    @Test
    void aRoleThatIsNotThere() {
        run.session = as("no \"such\" role");

        Failure failure = run.sql("1.sql", "SELECT 1").apply(a).failures().get(0);

        assertThat(failure.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(failure.sqlState()).isEqualTo("22023");
        assertThat(failure.message()).contains("\"no \"\"such\"\" role\" of spec.database.role does not exist");
        assertThat(failure.hint()).contains("correct spec.database.role");
    }

    @Test
    void aRoleThatTheUserMayNotBecomeIsToldTheGrant() {
        run.session = as(other);
        run.sql("1.sql", "CREATE TABLE t ()");

        Failure failure = run.apply(b).failures().get(0);

        assertThat(failure.reason()).isEqualTo(Reason.PermissionDenied);
        assertThat(failure.sqlState()).isEqualTo("42501");
        assertThat(failure.message()).contains(b.user(), other, "spec.database.role");
        database.execute(failure.hint().replaceFirst(".*run: ", ""));
        assertThat(run.apply(b).outcome()).isEqualTo(Outcome.Applied);
        assertThat(database.query(OWNERS)).isEqualTo(other);
    }

    @Test
    void theGrantForTheLedgerIsTheRoles() {
        database.execute("REVOKE CREATE ON DATABASE " + database.name() + " FROM " + owner);
        run.sql("1.sql", "CREATE TABLE t ()");

        Failure failure = run.apply(a).failures().get(0);

        assertThat(failure.hint()).endsWith("GRANT CREATE ON DATABASE \"" + database.name() + "\" TO \"" + owner + '"');
        database.execute(failure.hint().replaceFirst(".*run: ", ""));
        assertThat(run.apply(a).outcome()).isEqualTo(Outcome.Applied);
    }

    /** The role itself would be shown neither the state of the user's sessions nor be let end them. */
    @Test
    void sessionsOfEarlierAttemptsAreTheUsers() throws Exception {
        run.sql("1.sql", "CREATE TABLE t ()");
        try (Connection dead = a.connect();
                Statement statement = dead.createStatement()) {
            statement.execute("SET application_name = 'draft-fields-0a1b2c3d-3-1';" + "SET ROLE " + owner
                    + "; SELECT pg_advisory_lock(7233464250984980852)");

            assertThat(run.apply(attempt(a)).outcome()).isEqualTo(Outcome.Applied);

            assertThat(run.log()).contains("ended the idle session of an earlier attempt");
            assertThat(dead.isValid(1)).isFalse();
        }
    }

    @Test
    void whoBlocksAStatementIsSeenByTheUser() throws Exception {
        run.sql("1.sql", "CREATE TABLE t ()").apply(a);
        run.sql("2.sql", "ALTER TABLE t ADD n int");
        run.lockWaitMillis = 0;
        run.session = new RunInput.Session(null, 4_000L, null, owner);
        try (Connection blocker = a.connect();
                Statement statement = blocker.createStatement()) {
            statement.execute("SET ROLE " + owner + "; BEGIN; LOCK TABLE t IN ACCESS SHARE MODE");

            assertThat(run.apply(a).message()).contains("user " + a.user(), "idle in transaction");
        }
    }

    /** What those do today who have no such field. */
    @Test
    void aRoleThatIsTheUsersDefaultIsKeptInLedgerAndFiles() {
        database.execute("ALTER ROLE " + a.user() + " SET role = " + owner);
        run.session = as(null);
        run.sql("1.sql", "CREATE TABLE t ()").apply(a);

        Report report = run.sql("2.sql", "SET ROLE NONE")
                .sql("3.sql", "CREATE TABLE u ()")
                .apply(a);

        assertThat(report.failures()).isEmpty();
        assertThat(report.summary().alreadyApplied()).isEqualTo(1);
        assertThat(database.query(OWNERS)).isEqualTo(owner);
    }

    @Test
    void checksLookAsTheRole() {
        Report report = verify(a);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Report.Outcome.Passed);
        database.execute("REVOKE " + owner + " FROM " + b.user());
        assertThatThrownBy(() -> verify(b))
                .isInstanceOfSatisfying(
                        RunFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.PermissionDenied));
    }

    private Report verify(Database as) {
        Check check = Checks.query("SELECT current_user::text", owner);
        RunInput input = new RunInput(RunInput.SCHEMA_VERSION, null, 1, "", 4096, as(owner), null, List.of(check));
        RunLog log = new RunLog(LogFormat.plain, new PrintStream(OutputStream.nullOutputStream()), Clock.systemUTC());
        return new VerifyTask(log, new Stop(), System::nanoTime).run(input, Path.of("."), as.environment());
    }

    private static Map<String, String> attempt(Database database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("PGAPPNAME", "draft-fields-0a1b2c3d-3-2");
        return environment;
    }
}
