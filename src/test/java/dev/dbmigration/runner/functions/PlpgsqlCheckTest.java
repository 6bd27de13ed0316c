package dev.dbmigration.runner.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.functions.Corpus.Sample;
import dev.dbmigration.runner.functions.Judgement.Verdict;
import dev.dbmigration.runner.functions.Survey.Found;
import dev.dbmigration.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Where the database has plpgsql_check, it judges: {@code -Dplpgsql.check.port} is that of a server that offers it. */
@EnabledIfSystemProperty(named = "plpgsql.check.port", matches = "\\d+")
class PlpgsqlCheckTest {

    private static final Database ADMIN =
            new Database("localhost", Integer.getInteger("plpgsql.check.port", 0), "postgres", "postgres", "any");

    private final Database database = ADMIN.named("plpgsql_check_test");

    @BeforeEach
    void create() {
        ADMIN.execute("DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
        ADMIN.execute("CREATE DATABASE " + database.name());
        database.execute("CREATE SCHEMA \"Checks\"; CREATE EXTENSION plpgsql_check SCHEMA \"Checks\"");
        database.execute(Corpus.resource("/plpgsql/tables.sql"));
    }

    @AfterEach
    void drop() {
        ADMIN.execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }

    @Test
    void noneOfTheCorpusIsTakenForBroken() throws SQLException {
        for (Sample sample : Corpus.samples()) {
            database.execute(sample.sound());
        }

        assertThat(survey())
                .hasSize(Corpus.samples().size())
                .allMatch(found -> !found.judgement().is(Verdict.BROKEN));
    }

    @Test
    void whatItFindsIsTold() throws SQLException {
        database.execute("CREATE FUNCTION a() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN\n  NEW.title := 'x';\n  NEW.lost := 1;\n  RETURN NEW;\nEND $$");
        database.execute("CREATE FUNCTION b() RETURNS int LANGUAGE plpgsql AS"
                + " $$ BEGIN\n\n  RETURN (SELECT lost FROM notes);\nEND $$");
        database.execute("CREATE FUNCTION c() RETURNS int LANGUAGE plpgsql AS"
                + " $$ BEGIN\n  EXECUTE 'SELECT lost FROM notes';\n  RETURN 1;\nEND $$");
        database.execute("CREATE FUNCTION d() RETURNS int LANGUAGE plpgsql AS"
                + " $$ BEGIN\n  CREATE TEMP TABLE mine (a int);\n  RETURN (SELECT a FROM mine);\nEND $$");
        assertThat(survey())
                .filteredOn(found -> found.function().equals("public.a()"))
                .allMatch(found -> found.judgement().is(Verdict.UNCHECKED));

        database.execute("CREATE TRIGGER a BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION a()");

        assertThat(survey())
                .extracting(Found::sentence)
                .containsExactly(
                        "public.a() on public.notes line 3: record \"new\" has no field \"lost\"",
                        "public.b() line 3: column \"lost\" does not exist",
                        "public.c() line 2: dynamic SQL",
                        "public.d() line 3: temporary table mine");
    }

    private List<Found> survey() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION READ ONLY");
            return new Survey(new Catalogue(connection)).of(List.of("public"));
        }
    }
}
