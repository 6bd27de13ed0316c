package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.report.LogFormat;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.ReportLine;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.words.Secret;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both formats of a runner's log. */
class RunLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("log");
    private RunDirectory run;

    @BeforeEach
    void aFileThatFails() {
        run = new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ();\nSELECT 'it''s \"quoted\"'::int");
    }

    @Test
    void eachLineOfJsonSaysWhatItIsAbout() {
        run.logFormat = LogFormat.json;
        run.apply(environment());

        assertThat(lines()).hasSizeGreaterThan(5).allSatisfy(line -> {
            assertThat(Instant.parse(line.path("timestamp").asText())).isNotNull();
            assertThat(line.path("level").asText()).isIn("INFO", "ERROR");
            assertThat(line.path("logger").asText()).isEqualTo("dev.dbmigration.runner");
            assertThat(line.path("message").asText()).isNotEmpty();
            assertThat(line.path("kind").asText()).isEqualTo("DatabaseMigration");
            assertThat(line.path("namespace").asText()).isEqualTo("ehr");
            assertThat(line.path("name").asText()).isEqualTo("draft-fields");
            assertThat(line.path("run").asInt()).isEqualTo(3);
            assertThat(line.path("attempt").asInt()).isEqualTo(2);
        });
        assertThat(lines())
                .filteredOn(line -> line.path("level").asText().equals("ERROR"))
                .extracting(line -> line.path("message").asText())
                .anyMatch(message -> message.contains("it's \"quoted\""))
                .last()
                .asString()
                .startsWith("Failed: 001_a.sql line 2");
    }

    @Test
    void aPlainLogSaysItOnceAndFirst() {
        run.apply(environment());

        assertThat(run.log().lines())
                .startsWith("DatabaseMigration ehr/draft-fields, run 3, attempt 2", "files to look at: 1");
    }

    @Test
    void theLastLineHoldsTheReportInBothFormats() {
        for (LogFormat format : LogFormat.values()) {
            run.logFormat = format;
            Report report = run.apply(environment());

            assertThat(ReportLine.decode(lastLine())).as(format.name()).contains(report);
        }
    }

    @Test
    void whatNobodyHasForeseenIsOneLineOfJsonWithItsStackTrace() {
        run.logFormat = LogFormat.json;
        run.ticker = () -> {
            throw new IllegalStateException("no clock for pw-of-log");
        };
        Map<String, String> environment = environment();
        environment.put("PGPASSWORD", "pw-of-log");
        run.apply(environment);

        assertThat(lines())
                .filteredOn(line -> line.has("stackTrace"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("stackTrace").asText())
                        .startsWith("java.lang.IllegalStateException: no clock for …")
                        .contains("\tat dev.dbmigration.runner."));
        assertThat(run.log()).doesNotContain("pw-of-log");
    }

    @Test
    void whatTheDriverWarnsOfHasTheSameFormAndHidesThePassword() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLog log = new RunLog(LogFormat.json, new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC());
        log.hide(new Secret("pw-of-log"));
        LogRecord warning = new LogRecord(Level.WARNING, "no {0}");
        warning.setLoggerName("org.postgresql.Driver");
        warning.setParameters(new Object[] {"pw-of-log"});

        new DriverLog(log).publish(warning);
        new DriverLog(log).publish(new LogRecord(Level.FINE, "details"));

        assertThat(parsed(out.toString(StandardCharsets.UTF_8)).path("message").asText())
                .isEqualTo("org.postgresql.Driver: no …");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = database.environment();
        environment.put("PGAPPNAME", "draft-fields-0a1b2c3d-3-2");
        return environment;
    }

    private List<JsonNode> lines() {
        return run.log().lines().map(RunLogTest::parsed).toList();
    }

    private String lastLine() {
        return run.log().lines().reduce((first, last) -> last).orElseThrow();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
