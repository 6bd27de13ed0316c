package dev.dbmigration.runner.fault;

import dev.dbmigration.report.Report.Failure;

/** A failure in one line for a person. */
public final class Sentence {

    private Sentence() {}

    /** Where, what, and what to do. */
    public static String of(Failure failure) {
        String hint = failure.hint() == null ? "" : " (" + failure.hint() + ")";
        return place(failure) + failure.message() + hint;
    }

    private static String place(Failure failure) {
        if (failure.file() == null) {
            return "";
        }
        return failure.file() + (failure.line() == 0 ? "" : " line " + failure.line()) + ": ";
    }
}
