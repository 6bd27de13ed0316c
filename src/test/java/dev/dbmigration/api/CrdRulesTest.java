package dev.dbmigration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed definitions accept what is good, refuse what is bad, and hold no rule that was never seen to refuse. */
class CrdRulesTest {

    static Stream<Arguments> cases() {
        return Stream.of("DatabaseMigration", "MigrationVerification")
                .flatMap(kind -> SpecCase.of(kind).stream().map(spec -> Arguments.of(kind, spec)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void theRulesInCelRefuseWhatTheyShould(String kind, SpecCase spec) throws IOException {
        assertThat(new CelRules(schema(kind)).brokenBy(spec.resource()))
                .containsExactlyInAnyOrderElementsOf(spec.breaks());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void theStructureAloneRefusesWhatItCan(String kind, SpecCase spec) throws IOException {
        Set<String> refusals = Structure.refusals(schema(kind), spec.resource());
        assertThat(refusals).isEqualTo(spec.structure() == null ? Set.of() : Set.of(spec.structure()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DatabaseMigration", "MigrationVerification"})
    void eachRuleIsBrokenBySomeCase(String kind) throws IOException {
        Set<String> broken = new TreeSet<>();
        SpecCase.of(kind).forEach(spec -> broken.addAll(spec.breaks()));
        assertThat(new CelRules(schema(kind)).all()).isNotEmpty().isSubsetOf(broken);
    }

    static ObjectNode schema(String kind) throws IOException {
        String file = kind.toLowerCase(java.util.Locale.ROOT) + "s.dbmigration.dev.yaml";
        return SchemaWalk.schema(Crds.YAML.readTree(Files.readString(Crds.DIRECTORY.resolve(file))));
    }
}
