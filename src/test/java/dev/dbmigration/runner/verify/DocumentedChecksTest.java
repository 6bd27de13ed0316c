package dev.dbmigration.runner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/checks.md tells of each kind and each of its fields, and what it shows is what happens. */
class DocumentedChecksTest {

    private static final Path PAGE = Path.of("docs/checks.md");

    /** Heading, what stands under it, the example, and the sentence that it fails with. */
    private static final Pattern SECTION =
            Pattern.compile("(?ms)^## (\\w+)\\n\\n(.*?)```yaml\\n(.*?)```\\n\\n    (.*?)$");

    /** It needs a migration's files and a scratch server, and has a page and tests of its own. */
    private static final String WITH_ITS_OWN_PAGE = "expectedSchema";

    private static final ObjectMapper YAML = new YAMLMapper();

    private static Fixture good;
    private static Fixture bad;

    private record Section(String kind, String text, Check example, String failure) {

        @Override
        public String toString() {
            return kind;
        }
    }

    @BeforeAll
    static void create() throws SQLException, IOException {
        good = new Fixture(
                "DROP ROLE IF EXISTS billing_owner, billing_reader",
                "CREATE ROLE billing_owner",
                "CREATE ROLE billing_reader",
                sql("good"));
        bad = new Fixture(sql("bad"));
    }

    private static String sql(String name) throws IOException {
        try (InputStream file = DocumentedChecksTest.class.getResourceAsStream("/checks/" + name + ".sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        good.execute("DROP OWNED BY billing_owner, billing_reader CASCADE", "DROP ROLE billing_owner, billing_reader");
        good.close();
        bad.close();
    }

    static List<Section> sections() throws IOException {
        List<Section> sections = new ArrayList<>();
        Matcher section = SECTION.matcher(Files.readString(PAGE));
        while (section.find()) {
            Check[] checks = YAML.readValue(section.group(3), Check[].class);
            assertThat(checks).as(section.group(1)).hasSize(1);
            sections.add(new Section(section.group(1), section.group(2), checks[0], section.group(4)));
        }
        return sections;
    }

    @Test
    void eachKindHasASection() throws IOException {
        assertThat(sections())
                .extracting(Section::kind)
                .containsExactlyElementsOf(kinds().map(DocumentedChecksTest::name)
                        .filter(kind -> !kind.equals(WITH_ITS_OWN_PAGE))
                        .toList());
        assertThat(Files.readString(PAGE)).contains("[" + WITH_ITS_OWN_PAGE + "](expected-schema.md)");
        assertThat(Files.readString(PAGE.resolveSibling("expected-schema.md"))).contains(WITH_ITS_OWN_PAGE + ":");
    }

    @ParameterizedTest
    @MethodSource("sections")
    void eachFieldIsNamedAndNoOther(Section section) {
        RecordComponent kind = kinds().filter(one -> name(one).equals(section.kind()))
                .findFirst()
                .orElseThrow();
        String fields = section.text().substring(section.text().indexOf("Fields: "));
        List<String> named = Pattern.compile("`([a-z]\\w*)`")
                .matcher(fields)
                .results()
                .map(word -> word.group(1))
                .toList();
        assertThat(named)
                .containsAll(Arrays.stream(kind.getType().getRecordComponents())
                        .map(DocumentedChecksTest::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("sections")
    void itsExampleIsOfItsKind(Section section) {
        assertThat(YAML.<JsonNode>valueToTree(section.example()).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(List.of("name", section.kind())));
        assertThat(section.example().problem()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sections")
    void itsExamplePasses(Section section) throws SQLException {
        Report report = good.verify(section.example());
        assertThat(report.message()).isEqualTo("1 check passed");
    }

    @ParameterizedTest
    @MethodSource("sections")
    void itsExampleFailsAsItSays(Section section) throws SQLException {
        Report report = bad.verify(section.example());
        assertThat(report.message()).isEqualTo("1 of 1 check failed: " + section.failure());
    }

    private static Stream<RecordComponent> kinds() {
        return Arrays.stream(Check.class.getRecordComponents())
                .filter(component -> component.getType().isRecord());
    }

    /** As YAML has it. */
    private static String name(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? component.getName() : property.value();
    }
}
