package dev.dbmigration.run;

import dev.dbmigration.pod.AttemptTemplate;
import dev.dbmigration.report.Reason;

/** What the spec asks to be run now. */
public sealed interface Wanted {

    /** Nothing that has not been looked at before. */
    record Nothing() implements Wanted {}

    /** This; a run of it is started unless it was the last. */
    record Ready(AttemptTemplate template) implements Wanted {}

    /** Something is not there that may come within {@code timeouts.start}. */
    record Missing(Reason reason, String message) implements Wanted {}

    /** Another resource comes first, however long that takes. */
    record Blocked(String message) implements Wanted {}

    /** What no server should have let in, or what makes no sense: a person must change it. */
    record Invalid(Reason reason, String message) implements Wanted {}
}
