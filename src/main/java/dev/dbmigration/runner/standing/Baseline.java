package dev.dbmigration.runner.standing;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Version;
import java.util.List;

/** What the database held before its first run, up to a version that a person names. */
public final class Baseline {

    private Baseline() {}

    /**
     * The files up to {@code version}.
     *
     * @param version or the name of a file
     * @throws RunFailed where a file has no version, so that nobody knows on which side it is
     */
    public static List<MigrationFile> held(List<MigrationFile> files, String version) {
        Version last = Version.of(version);
        return files.stream().filter(file -> isUpTo(last, file)).toList();
    }

    private static boolean isUpTo(Version last, MigrationFile file) {
        Version version = file.version();
        if (version.isRepeatable() || version.equals(last)) {
            return !version.isRepeatable();
        }
        if (version.isName() || last.isName()) {
            throw RunFailed.in(
                    file.name(),
                    0,
                    0,
                    Reason.InvalidSpec,
                    "nobody can tell whether the baseline " + last
                            + " holds this file, since one of them has no number",
                    "let the file's name and spec.sql.baseline begin with a version, such as 001");
        }
        return version.compareTo(last) <= 0;
    }

    /** Whether the server says that what the file makes is there already. */
    public static boolean mayBeMissing(MigrationFile file, List<Failure> failures) {
        Failure failure = failures.get(0);
        return failure.reason() == Reason.AlreadyExists
                && failure.sqlState() != null
                && !file.version().isRepeatable();
    }

    /** What that means of the first file of all. */
    public static List<Failure> required(List<Failure> failures, MigrationFile file, String scope) {
        Failure f = failures.get(0);
        return List.of(new Failure(
                f.file(),
                f.statement(),
                f.line(),
                f.sqlState(),
                Reason.BaselineRequired,
                f.message() + "; nothing was ever applied under the scope " + scope,
                "if the database had it before, name the last version that it holds, such as spec.sql.baseline: \""
                        + file.version() + "\"; else correct the file"));
    }
}
