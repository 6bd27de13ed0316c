package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A load is proved by every row, and by each only once. */
class LoadTest {

    private final Database database = Postgres.shared().newDatabase("load");

    static Stream<Load> loads() {
        return Stream.of(Load.manyFiles(3), Load.oneFile(3));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void isProvedByWhatItsFilesLeave(Load load) {
        load.files().forEach(database::execute);

        assertThat(database.query(load.proof())).isEqualTo(load.expected());
    }

    @ParameterizedTest
    @MethodSource("loads")
    void isNotProvedByLessOrMore(Load load) {
        load.files().forEach(database::execute);
        String last = load.files().get(load.files().size() - 1);
        String insert = last.substring(last.lastIndexOf("INSERT"));
        String table = insert.split(" ")[2];

        database.execute(insert);
        String twice = database.query(load.proof());
        database.execute("DELETE FROM " + table);
        String without = database.query(load.proof());

        assertThat(twice).isNotEqualTo(load.expected());
        assertThat(without).isNotEqualTo(load.expected());
    }
}
