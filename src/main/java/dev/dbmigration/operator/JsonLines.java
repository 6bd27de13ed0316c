package dev.dbmigration.operator;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.dbmigration.report.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Logback's events as {@link LogLine}s, so that operator and Pods are read alike; named in {@code logback.xml}. */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

    private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

    @Override
    public void start() {
        stackTraces.start();
        super.start();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogLine line = new LogLine(
                Instant.ofEpochMilli(event.getTimeStamp())
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString(),
                event.getLevel().toString(),
                event.getLoggerName(),
                event.getFormattedMessage(),
                LoggedSubject.of(event.getMDCPropertyMap()),
                event.getThrowableProxy() == null ? null : stackTraces.convert(event),
                null);
        return (line.json() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
