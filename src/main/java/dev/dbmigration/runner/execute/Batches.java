package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.standing.Standing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Files in a row that share a message, as many at a time as {@link Pace} says: so long nothing is told. */
final class Batches {

    private static final int MOST = 64;
    private static final long MOST_CHARACTERS = 256 * 1024;

    /** After so many that failed, something else than a file is in the way, such as a right to look at locks. */
    private static final int TRIES = 3;

    private final Workplace at;
    private final Sharing sharing;
    private final Pace pace = new Pace(MOST);
    private int failed;
    private MigrationFile alone;

    Batches(Workplace at, Standing standing) {
        this.at = at;
        this.sharing = new Sharing(at, standing);
    }

    /**
     * Runs as many of the files, from the first one on, as can go together now.
     *
     * @return how each ended, up to one that is neither kept nor to be run alone; empty: the first is to be run alone
     */
    List<FileEnd> run(List<MigrationFile> files) throws SQLException {
        List<MigrationFile> together = together(files);
        if (together.size() < 2) {
            return List.of();
        }
        long begun = at.millis();
        List<FileEnd> ends = new Batch(at, together).run();
        if (ends.size() < together.size()) {
            failed++;
            alone = together.get(ends.size());
            pace.slower();
        } else {
            pace.took(at.millis() - begun);
        }
        return ends;
    }

    private List<MigrationFile> together(List<MigrationFile> files) {
        List<MigrationFile> together = new ArrayList<>();
        if (failed >= TRIES || files.get(0) == alone || !sharing.isPossible()) {
            return together;
        }
        long characters = 0;
        for (MigrationFile file : files) {
            characters += characters(file);
            if (together.size() == pace.size() || characters > MOST_CHARACTERS || !sharing.allows(file)) {
                break;
            }
            together.add(file);
        }
        return together;
    }

    private static long characters(MigrationFile file) {
        long down = file.down().text() == null ? 0 : file.down().text().length();
        return down
                + file.statements().stream()
                        .mapToLong(statement -> statement.text().length())
                        .sum();
    }
}
