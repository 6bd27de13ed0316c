package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Judges functions in SQL by the server's own validator, which is what CREATE FUNCTION calls. */
record SqlBody(Catalogue catalogue) {

    Judgement judge(Routine routine) throws SQLException {
        if (routine.polymorphic()) {
            return Judgement.unchecked(0, "polymorphic, so that only a call knows its types");
        }
        Savepoint before = ServerParser.connection(catalogue).setSavepoint();
        try {
            catalogue.first("SELECT pg_catalog.fmgr_sql_validator(?::pg_catalog.oid)", row -> 1, routine.oid());
            return Judgement.SOUND;
        } catch (SQLException e) {
            if (!Refusal.ofStatement(e)) {
                throw e;
            }
            ServerParser.connection(catalogue).rollback(before);
            return refused(routine, new Refusal(e, routine.body(), true));
        }
    }

    private Judgement refused(Routine routine, Refusal refusal) throws SQLException {
        int line = refusal.offset() < 0 ? 0 : 1 + refusal.linesBefore();
        if (refusal.ofPrivilege()) {
            return Judgement.forbidden(line, refusal.words());
        }
        return refusal.state().startsWith("42")
                ? new Doubts(catalogue, routine, false).broken(line, refusal, refusal.name())
                : Judgement.unchecked(line, "refused with SQLSTATE " + refusal.state());
    }
}
