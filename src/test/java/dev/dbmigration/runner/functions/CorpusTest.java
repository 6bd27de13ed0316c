package dev.dbmigration.runner.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.functions.Corpus.Damage;
import dev.dbmigration.runner.functions.Corpus.Sample;
import dev.dbmigration.runner.functions.Judgement.Verdict;
import dev.dbmigration.runner.functions.Survey.Found;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A corpus of functions that use every construct of PL/pgSQL: none is taken for broken, and each damage is found. */
class CorpusTest {

    private static final List<Sample> SAMPLES = Corpus.samples();

    private static Database database;

    @BeforeAll
    static void create() throws SQLException {
        database = Postgres.shared().newDatabase("corpus");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Corpus.resource("/plpgsql/tables.sql"));
            for (Sample sample : SAMPLES) {
                statement.execute(sample.sound());
            }
        }
    }

    @AfterAll
    static void drop() {
        Postgres.shared().admin().execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }

    @Test
    void eachFunctionWorks() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (Sample sample : SAMPLES) {
                statement.setEscapeProcessing(false);
                statement.execute(sample.call());
                connection.rollback();
            }
        }
        assertThat(SAMPLES).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void noneIsTakenForBroken() throws SQLException {
        List<Found> found = survey(List.of("public"));

        assertThat(found).hasSameSizeAs(SAMPLES);
        assertThat(found).filteredOn(one -> !one.judgement().is(Verdict.SOUND)).isEmpty();
    }

    @Test
    void eachDamageIsFoundOnItsLine() throws SQLException {
        List<Damage> damages =
                SAMPLES.stream().flatMap(sample -> sample.damages().stream()).toList();
        List<String> schemas = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET check_function_bodies = off");
            for (Damage damage : damages) {
                // So many digits that they stand in the order of the list.
                String schema = "damage_" + (1000 + schemas.size());
                schemas.add(schema);
                statement.execute("CREATE SCHEMA " + schema);
                statement.execute(damage.in(schema));
                if (damage.trigger(schema) != null) {
                    statement.execute(damage.trigger(schema));
                }
            }

            List<Found> found = survey(schemas);

            assertThat(found).hasSameSizeAs(damages);
            List<String> missed = new ArrayList<>();
            for (int i = 0; i < damages.size(); i++) {
                if (!isFound(damages.get(i), found.get(i))) {
                    missed.add(
                            damages.get(i).lost() + " on line " + damages.get(i).line() + ": " + found.get(i));
                }
            }
            assertThat(missed).isEmpty();
            assertThat(damages).hasSizeGreaterThan(120);
            for (String schema : schemas) {
                statement.execute("DROP SCHEMA " + schema + " CASCADE");
            }
        }
    }

    private static boolean isFound(Damage damage, Found found) {
        Judgement judgement = found.judgement();
        return judgement.is(Verdict.BROKEN)
                && judgement.line() == damage.line()
                && judgement.words().contains(damage.lost());
    }

    private static List<Found> survey(List<String> schemas) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            return new Survey(new Catalogue(connection)).of(schemas);
        }
    }
}
