package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.schema.Comparison;
import dev.dbmigration.runner.schema.Difference;
import dev.dbmigration.runner.schema.Schema;
import dev.dbmigration.runner.schema.SchemaReader;
import dev.dbmigration.runner.verify.Checks;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A schema of some fifty tables, damaged in each way there is: every damage is named, and nothing else. */
class DamageTest {

    private static final Path FILES = Path.of("src/test/resources/expected-schema");

    @TempDir
    static Path root;

    private static Postgres beside;
    private static Database target;
    private static RunDirectory run;
    private static Schema empty;
    private static Schema whole;
    private static int copies;

    @BeforeAll
    static void apply() throws IOException, SQLException {
        beside = ScratchPostgres.start();
        target = Postgres.shared().newDatabase("damaged");
        run = new RunDirectory(root);
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                run.file("clinic", file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        empty = read(target, "SELECT");
        Report report = run.apply(target);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        whole = read(target, "SELECT");
    }

    @AfterAll
    static void stop() {
        beside.close();
    }

    /** The schema behind a statement of which nothing stays. */
    private static Schema read(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            Schema schema = new SchemaReader(new Catalogue(connection), Map.of()).all();
            connection.rollback();
            return schema;
        }
    }

    static List<Damage> seen() {
        return Damage.SEEN;
    }

    static List<Damage> seenByOthers() {
        return Damage.SEEN_BY_OTHERS;
    }

    @ParameterizedTest
    @MethodSource("seen")
    void eachIsNamedAndNothingElse(Damage damage) throws SQLException {
        Schema damaged = read(target, damage.sql());

        assertThat(new Comparison(empty, whole, damaged).differences())
                .extracting(Difference::brief)
                .containsExactlyElementsOf(damage.found());
    }

    @ParameterizedTest
    @MethodSource("seenByOthers")
    void whatIsNoDifferenceOfSchemasIsFoundByOtherChecks(Damage damage) {
        Check check = Checks.of(damage.check());
        assertThat(verify(target, check).result()).isEqualTo(CheckResult.Result.Passed);
        Database damaged = copy();
        damaged.as("postgres", "").execute(damage.sql());

        CheckResult result = verify(damaged, check);

        assertThat(result.result()).as(result.observed()).isEqualTo(CheckResult.Result.Failed);
        assertThat(result.observed()).contains(damage.found());
    }

    @Test
    void nothingIsFoundInTheUndamagedOne() {
        CheckResult result = verify(target);

        assertThat(result.result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);
        assertThat(result.observed()).matches("\\d{3,} objects as the files make them");
    }

    @Test
    void allOfThemTogetherAreNamedInTheLogWithBothDefinitions() {
        Database damaged = copy();
        Damage.SEEN.forEach(damage -> damaged.execute(damage.sql()));

        CheckResult result = verify(damaged);

        assertThat(Damage.SEEN).hasSizeGreaterThanOrEqualTo(40);
        assertThat(result.result()).isEqualTo(CheckResult.Result.Failed);
        List<String> found =
                Damage.SEEN.stream().flatMap(each -> each.found().stream()).toList();
        assertThat(result.observed()).startsWith(found.size() + " differences: ");
        found.forEach(brief -> assertThat(run.log()).contains("\n" + brief + ": expected "));
    }

    private static Database copy() {
        Database copy = target.named(target.name() + "_copy" + ++copies);
        Postgres.shared().admin().execute("CREATE DATABASE " + copy.name() + " TEMPLATE " + target.name());
        return copy;
    }

    private static CheckResult verify(Database database) {
        return verify(database, ExpectedSchemas.check());
    }

    private static CheckResult verify(Database database, Check check) {
        run.checks = List.of(check);
        Report report = run.verify(database, beside.admin());
        assertThat(report.checks()).as(run.log()).hasSize(1);
        return report.checks().get(0);
    }
}
