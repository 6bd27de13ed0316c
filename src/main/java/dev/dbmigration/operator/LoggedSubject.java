package dev.dbmigration.operator;

import dev.dbmigration.reconcile.RunInLog;
import dev.dbmigration.report.LogLine.Subject;
import java.util.Map;

/** What a line of the operator's log is about, by the diagnostic context of its thread. */
final class LoggedSubject {

    /** Keys of the SDK's own, while it handles an event or a resource. */
    private static final String SDK = "resource.";

    private LoggedSubject() {}

    static Subject of(Map<String, String> context) {
        return new Subject(
                context.get(SDK + "kind"),
                context.get(SDK + "namespace"),
                context.get(SDK + "name"),
                number(context.get(RunInLog.RUN)),
                number(context.get(RunInLog.ATTEMPT)));
    }

    private static Integer number(String text) {
        return text == null ? null : Integer.valueOf(text);
    }
}
