package dev.dbmigration.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.Examples;
import dev.dbmigration.api.SpecCase;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator refuses what the definition refuses, in a sentence that names the field. */
class MigrationRulesAgreeTest {

    static List<SpecCase> cases() {
        return SpecCase.of("DatabaseMigration");
    }

    static List<Named<DatabaseMigrationSpec>> examples() {
        return Examples.specs("DatabaseMigration", DatabaseMigrationSpec.class);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOperatorAgreesWithTheDefinition(SpecCase spec) {
        List<String> problems = MigrationRules.problems(spec.spec(DatabaseMigrationSpec.class));
        if (spec.says() == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anySatisfy(problem -> assertThat(problem).startsWith(spec.says()));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theOperatorHasNothingToSayOfAnExample(DatabaseMigrationSpec spec) {
        assertThat(MigrationRules.problems(spec)).isEmpty();
    }
}
