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
        String kept = statement == 1 ? "statement 1 is kept" : "statements 1 to " + statement + " are kept";
        return with(failures, kept + ", and the next run goes on behind");
    }

    private static List<Failure> with(List<Failure> failures, String kept) {
        List<Failure> told = new ArrayList<>(failures);
        Failure f = failures.get(0);
        String message = f.message() + "; " + kept;
        told.set(0, new Failure(f.file(), f.statement(), f.line(), f.sqlState(), f.reason(), message, f.hint()));
        return told;
    }
}
