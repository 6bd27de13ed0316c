package dev.dbmigration.runner.verify.value;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import java.sql.SQLException;

/** Counts the rows whose values comply with a rule; a share of them must. */
interface ShareProbe extends Probe {

    /**
     * What was counted.
     *
     * @param rest what is wrong with the others, for a person
     */
    record Tally(long rows, long complying, String rest) {}

    /** Where the values are. */
    Values values();

    /** As the check has it; null: all. */
    String minShare();

    /** What each row should be, such as {@code email is not NULL}. */
    String rule();

    /** Counts, in one query. */
    Tally count(Catalogue catalogue, Values.Found found) throws SQLException;

    @Override
    default String expected() {
        return Share.of(minShare()).expected() + ": " + rule();
    }

    @Override
    default Finding look(Catalogue catalogue) throws SQLException {
        Tally tally = count(catalogue, values().locate(catalogue));
        Share share = Share.of(minShare());
        String observed = share.observed(tally.rows(), tally.complying());
        boolean all = tally.rows() == tally.complying();
        return Finding.of(
                share.isMet(tally.rows(), tally.complying()),
                expected(),
                all ? observed : observed + "; " + tally.rest());
    }
}
