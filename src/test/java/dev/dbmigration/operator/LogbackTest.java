package dev.dbmigration.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.report.LogFormat;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines of the operator as its own {@code logback.xml} writes them. */
class LogbackTest {

    private static final Map<String, String> AT_WORK = Map.of(
            "resource.kind", "DatabaseMigration",
            "resource.namespace", "ehr",
            "resource.name", "draft-fields",
            "resource.uid", "0815",
            "run", "3",
            "attempt", "2");

    @Test
    void jsonIsTheDefaultAndHasTheFieldsOfARunnersLine() throws Exception {
        JsonNode line = new ObjectMapper().readTree(line(null, "it's \"so\"\nand so", null, AT_WORK));

        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly(
                        "timestamp", "level", "logger", "message", "kind", "namespace", "name", "run", "attempt");
        assertThat(line.path("timestamp").asText()).isEqualTo("2026-11-20T08:00:00.123Z");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo("dev.dbmigration.test");
        assertThat(line.path("message").asText()).isEqualTo("it's \"so\"\nand so");
        assertThat(line.path("kind").asText()).isEqualTo("DatabaseMigration");
        assertThat(line.path("namespace").asText()).isEqualTo("ehr");
        assertThat(line.path("name").asText()).isEqualTo("draft-fields");
        assertThat(line.path("run").asInt()).isEqualTo(3);
        assertThat(line.path("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void anExceptionIsAFieldOfOneLineWithItsCauses() throws Exception {
        Exception e = new IllegalStateException("outer", new IOException("inner"));
        String text = line(LogFormat.json, "failed", e, Map.of());

        JsonNode line = new ObjectMapper().readTree(text);
        assertThat(text.strip()).doesNotContain("\n");
        assertThat(line.path("stackTrace").asText())
                .startsWith("java.lang.IllegalStateException: outer")
                .contains("Caused by: java.io.IOException: inner");
        assertThat(line.has("name")).isFalse();
    }

    @Test
    void aPlainLineBeginsWithWhatItIsAbout() throws Exception {
        assertThat(line(LogFormat.plain, "done", null, AT_WORK))
                .endsWith(" DatabaseMigration ehr/draft-fields, run 3, attempt 2: done\n");
        assertThat(line(LogFormat.plain, "started", null, Map.of())).endsWith(" d.dbmigration.test started\n");
    }

    private static String line(LogFormat format, String message, Exception e, Map<String, String> context)
            throws JoranException {
        LoggerContext logback = new LoggerContext();
        if (format != null) {
            logback.putProperty(LogFormat.VARIABLE, format.name());
        }
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logback);
        configurator.doConfigure(new File("src/main/resources/logback.xml"));
        Logger logger = logback.getLogger("dev.dbmigration.test");
        LoggingEvent event = new LoggingEvent(LogbackTest.class.getName(), logger, Level.INFO, message, e, null);
        event.setTimeStamp(1_795_161_600_123L);
        event.setMDCPropertyMap(context);
        Iterator<Appender<ILoggingEvent>> appenders =
                logback.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        byte[] bytes =
                ((ConsoleAppender<ILoggingEvent>) appenders.next()).getEncoder().encode(event);
        logback.stop();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
