package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Reason.Cure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document, the code and the tests speak of the same reasons and rows. */
class FailureTableTest {

    private static final List<Class<? extends RowTests>> TESTS = List.of(
            AtRestTest.class,
            WaitingRunTest.class,
            WaitingPodTest.class,
            StartedTest.class,
            EndedTest.class,
            BackoffTest.class);

    @Test
    void namesEachReasonOnceWithItsCure() {
        Map<String, String> reasons = new LinkedHashMap<>();
        Stream.of(Reason.values()).forEach(reason -> reasons.put(reason.name(), word(reason.cure())));
        assertThat(FailureTable.cures()).containsExactlyInAnyOrderEntriesOf(reasons);
    }

    @Test
    void eachRowHasATestAndEachTestARow() {
        List<String> rows =
                FailureTable.situations().stream().map(row -> row.id()).toList();
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(TESTS.stream()
                        .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Row.class))
                        .map(method -> method.getAnnotation(Row.class).value()))
                .as("rows with a test")
                .hasSameSizeAs(rows)
                .containsAll(rows);
    }

    private static String word(Cure cure) {
        return switch (cure) {
            case RETRY -> "retry";
            case RETRY_IF_RESTARTABLE -> "retry if restartable";
            case TIME -> "time";
            case PERSON -> "person";
        };
    }
}
