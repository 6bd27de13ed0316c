package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.migration.StatusRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;

/** Tests of rows: after each one, what it decided last must be the decision of its row, and lead to its status. */
abstract class RowTests {

    private Situation situation;
    private Decided decided;

    final Decided decide(Situation now) {
        situation = now;
        decided = Decider.decide(now.observation());
        return decided;
    }

    final <D extends Decision> D decide(Situation now, Class<D> type) {
        assertThat(decide(now).decision()).isInstanceOf(type);
        return type.cast(decided.decision());
    }

    @AfterEach
    void meetsItsRow(TestInfo test) {
        Row row = test.getTestMethod().orElseThrow().getAnnotation(Row.class);
        if (row == null) {
            return;
        }
        FailureTable.Situation expected = FailureTable.situation(row.value());
        assertThat(decided.decision().getClass().getSimpleName())
                .as("decision of %s: %s", expected.id(), expected.text())
                .isEqualTo(expected.decision());
        assertThat(StatusRow.after(situation.last(), decided, Situation.NOW))
                .as("status of %s: %s", expected.id(), expected.text())
                .isEqualTo(expected.status());
    }
}
