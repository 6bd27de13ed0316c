package dev.dbmigration.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What this process logs as an operator, kept beside what is printed, from its opening until it is closed. */
public final class OperatorLog implements AutoCloseable {

    private static final String OURS = "dev.dbmigration";

    private final Map<Logger, Level> before = new HashMap<>();
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Kept kept = new Kept();
    private final PatternLayoutEncoder whole = new PatternLayoutEncoder();

    private OperatorLog(Level level, String... loggers) {
        Logger root = logger(Logger.ROOT_LOGGER_NAME);
        whole.setContext(root.getLoggerContext());
        whole.setPattern("%level %logger %X %msg%n%ex{full}");
        whole.start();
        kept.start();
        root.addAppender(kept);
        for (String name : loggers) {
            level(name, level);
        }
    }

    private void level(String name, Level level) {
        before.put(logger(name), logger(name).getLevel());
        logger(name).setLevel(level);
    }

    /** Forgets what was kept. */
    public void clear() {
        events.clear();
    }

    /** Keeps our own lines as an operator prints them by default. */
    public static OperatorLog open() {
        return new OperatorLog(Level.INFO, OURS);
    }

    /** Keeps whatever we, the SDK and the client say at the most talkative level that can be set. */
    public static OperatorLog verbose() {
        OperatorLog log = new OperatorLog(Level.DEBUG, OURS, "io.javaoperatorsdk", "io.fabric8");
        shipped().stream()
                .filter(logger -> logger.getLevel() != null && !logger.getName().equals(Logger.ROOT_LOGGER_NAME))
                .forEach(logger -> log.level(logger.getName(), logger.getLevel()));
        return log;
    }

    /** What the product's own configuration says of single loggers counts here too. */
    private static List<Logger> shipped() {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(new File("src/main/resources/logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
        return context.getLoggerList();
    }

    /** The lines of our own loggers. */
    public List<ILoggingEvent> ours() {
        return events.stream()
                .filter(event -> event.getLoggerName().startsWith(OURS))
                .toList();
    }

    /** All lines with their contexts and stack traces. */
    public List<String> texts() {
        return events.stream()
                .map(event -> new String(whole.encode(event), StandardCharsets.UTF_8))
                .toList();
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    public void close() {
        logger(Logger.ROOT_LOGGER_NAME).detachAppender(kept);
        before.forEach(Logger::setLevel);
    }

    private final class Kept extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    }
}
