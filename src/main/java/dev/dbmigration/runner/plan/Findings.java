package dev.dbmigration.runner.plan;

import java.sql.SQLException;

/** Takes what is found about the statement that is being looked at. */
interface Findings {

    /**
     * It does this to others.
     *
     * @param relation to whose users; null: of every table of the database
     * @param more said behind the hazard's own words; empty: nothing
     */
    void hazard(Hazard hazard, Relation relation, String more) throws SQLException;

    /** The same with nothing more to say. */
    default void hazard(Hazard hazard, Relation relation) throws SQLException {
        hazard(hazard, relation, "");
    }

    /** It takes ACCESS EXCLUSIVE on this one, until its transaction ends. */
    void exclusive(Relation relation) throws SQLException;
}
