package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import java.util.ArrayList;
import java.util.List;

/** Says with a failure what of its file is in the database. */
final class Kept {

    private Kept() {}

    static List<Failure> nothing(List<Failure> failures) {
        return with(failures, "nothing of this file was kept");
    }

    static List<Failure> ofNoFile(List<Failure> failures) {
        return with(failures, "nothing of any file was kept");
    }

    /** Everything up to this statement. */
    static List<Failure> upTo(int statement, List<Failure> failures) {
        if (statement == 0) {
            return nothing(failures);
        }
        return with(failures, all(statement) + ", and the next run goes on behind");
    }

    /** Everything before this statement, which runs outside transactions and was begun. */
    static List<Failure> before(int statement, List<Failure> failures) {
        String kept = statement == 1 ? "" : all(statement - 1) + ", and ";
        return with(failures, kept + "the next run looks at what statement " + statement + " has left");
    }

    private static String all(int last) {
        return last == 1 ? "statement 1 is kept" : "statements 1 to " + last + " are kept";
    }

    private static List<Failure> with(List<Failure> failures, String kept) {
        List<Failure> told = new ArrayList<>(failures);
        told.set(0, with(failures.get(0), kept));
        return told;
    }

    /** The same failure, with more to its message. */
    static Failure with(Failure f, String more) {
        return new Failure(
                f.file(), f.statement(), f.line(), f.sqlState(), f.reason(), f.message() + "; " + more, f.hint());
    }
}
