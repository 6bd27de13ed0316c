package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.report.Reason;
import dev.dbmigration.testing.Database;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes wrong on a cluster can be applied there, and no reason is left out without a word. */
class TroubleTest {

    /** Scenarios show the first two, with a stand-in for the kubelet, and the runner's tests the others. */
    private static final Set<String> ELSEWHERE = Set.of(
            "NodeLost",
            "NameConflict",
            "ChecksumMismatch",
            "OutOfOrder",
            "FileMissing",
            "PartiallyApplied",
            "PooledConnection");

    /** Nothing of the product says these yet. */
    private static final Set<String> NOT_YET = Set.of("DependencyFailed", "DependencyCycle");

    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final List<Trouble> troubles = Trouble.all(Map.of("node", "192.0.2.1", "image", "app:1", "app", "app:2"));

    TroubleTest() throws IOException {}

    @Test
    void eachReasonIsShownOrShownElsewhereOrNotYet() {
        Set<String> shown = troubles.stream()
                .flatMap(trouble -> Stream.of(trouble.waits(), trouble.ends()))
                .filter(Objects::nonNull)
                .map(Sight::ready)
                .collect(Collectors.toCollection(TreeSet::new));
        shown.addAll(ELSEWHERE);
        shown.addAll(NOT_YET);

        assertThat(shown)
                .containsAll(Arrays.stream(Reason.values()).map(Reason::name).toList());
    }

    @Test
    void eachIsAResourceOfItsOwnWithFieldsThatAreKnown() throws IOException {
        assertThat(troubles).extracting(Trouble::name).doesNotHaveDuplicates();
        for (Trouble trouble : troubles) {
            Object spec = trouble.resource(new Database("192.0.2.1", 5432, "ehr", "owner", ""), "db")
                    .getAdditionalProperties()
                    .get("spec");
            Class<?> type = trouble.kind().equals("DatabaseMigration")
                    ? DatabaseMigrationSpec.class
                    : MigrationVerificationSpec.class;
            assertThat(STRICT.convertValue(spec, type)).isNotNull();
        }
    }
}
