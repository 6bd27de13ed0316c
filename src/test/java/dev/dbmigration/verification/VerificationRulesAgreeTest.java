package dev.dbmigration.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.Examples;
import dev.dbmigration.api.SpecCase;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator refuses what the definition refuses, in a sentence that names the field. */
class VerificationRulesAgreeTest {

    static List<SpecCase> cases() {
        return SpecCase.of("MigrationVerification");
    }

    static List<Named<MigrationVerificationSpec>> examples() {
        return Examples.specs("MigrationVerification", MigrationVerificationSpec.class);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOperatorAgreesWithTheDefinition(SpecCase spec) {
        List<String> problems = VerificationRules.problems(spec.spec(MigrationVerificationSpec.class));
        if (spec.says() == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anySatisfy(problem -> assertThat(problem).startsWith(spec.says()));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theOperatorHasNothingToSayOfAnExample(MigrationVerificationSpec spec) {
        assertThat(VerificationRules.problems(spec)).isEmpty();
    }
}
