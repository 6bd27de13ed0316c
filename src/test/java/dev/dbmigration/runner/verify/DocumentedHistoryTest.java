package dev.dbmigration.runner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.check.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/checks.md shows of histories and plans is what happens. */
class DocumentedHistoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "plan"})
    void theExamplePassesAndFailsAsItSays(String kind) throws SQLException, IOException {
        MatchResult section = Pattern.compile("(?ms)^## " + kind + "\\n.*?```yaml\\n(.*?)```\\n\\n    (.*?)$")
                .matcher(Files.readString(Path.of("docs/checks.md")))
                .results()
                .findFirst()
                .orElseThrow();
        Check example = new YAMLMapper().readValue(section.group(1), Check[].class)[0];

        assertThat(message("good", example)).isEqualTo("1 check passed");
        assertThat(message("bad", example)).isEqualTo("1 of 1 check failed: " + section.group(2));
    }

    private static String message(String file, Check check) throws SQLException, IOException {
        try (InputStream sql = DocumentedHistoryTest.class.getResourceAsStream("/checks/history-" + file + ".sql");
                Fixture database = new Fixture(new String(sql.readAllBytes(), StandardCharsets.UTF_8))) {
            return database.verify(check).message();
        }
    }
}
