package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The digests of {@code golden/inputs-digest.yaml}, which no release may change. */
class InputsDigestTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    record Group(
            String about, String kind, String digest, List<String> contents, JudgedRun judged, List<JsonNode> specs) {

        String digest(JsonNode spec) {
            if (kind == null) {
                return InputsDigest.of(
                        "m",
                        YAML.convertValue(spec, DatabaseMigrationSpec.class),
                        Objects.requireNonNullElse(contents, List.of("")));
            }
            Database database = new Database("db", null, null, null, null, null, null, null);
            return InputsDigest.of(database, YAML.convertValue(spec, MigrationVerificationSpec.class), judged);
        }

        @Override
        public String toString() {
            return about;
        }
    }

    static List<Group> groups() throws IOException {
        try (InputStream yaml = InputsDigestTest.class.getResourceAsStream("/golden/inputs-digest.yaml")) {
            return List.of(YAML.readValue(yaml, Group[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void eachSpecHasThePinnedDigestOfItsGroup(Group group) {
        assertThat(group.specs()).extracting(group::digest).containsOnly(group.digest());
    }

    @Test
    void anotherInputIsAnotherDigest() throws IOException {
        assertThat(groups()).extracting(Group::digest).doesNotHaveDuplicates();
    }
}
