package dev.dbmigration.operator;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The word {@code %subject} of a plain line's pattern: kind, namespace, name, run and attempt, as far as known. */
public final class SubjectWords extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        String words = LoggedSubject.of(event.getMDCPropertyMap()).words();
        return words.isEmpty() ? "" : words + ": ";
    }
}
