package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.plpgsql.Body;
import dev.dbmigration.runner.plpgsql.Identifiers;
import dev.dbmigration.runner.plpgsql.Names;
import dev.dbmigration.runner.plpgsql.Unreadable;
import java.sql.SQLException;
import java.util.Optional;

/** Judges functions in PL/pgSQL by the extension plpgsql_check, where the database has it. */
record PlpgsqlCheck(Catalogue catalogue, String schema) {

    /** The extension of this database, if it is there. */
    static Optional<PlpgsqlCheck> of(Catalogue catalogue) throws SQLException {
        String sql = "SELECT n.nspname FROM pg_catalog.pg_extension e"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'plpgsql_check'"
                + " AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')";
        return catalogue
                .first(sql, row -> row.getString(1))
                .map(schema -> new PlpgsqlCheck(catalogue, Identifiers.quoted(schema)));
    }

    /** {@code table}: whose trigger calls it; null: none. */
    Judgement judge(Routine routine, TriggerTable table) throws SQLException {
        String sql = "SELECT lineno, sqlstate, message FROM " + schema + ".plpgsql_check_function_tb("
                + "?::pg_catalog.oid::pg_catalog.regprocedure, ?::pg_catalog.oid::pg_catalog.regclass)"
                + " WHERE level = 'error' LIMIT 1";
        Optional<Judgement> error = catalogue.first(
                sql,
                row -> row.getString(2).equals(Refusal.NO_PRIVILEGE)
                        ? Judgement.forbidden(row.getInt(1), row.getString(3))
                        : Judgement.broken(row.getInt(1), row.getString(3)),
                routine.oid(),
                table == null ? 0L : table.oid());
        return error.isPresent() ? error.get() : opaque(routine);
    }

    /** It passes dynamic SQL over, and says nothing of that. */
    private static Judgement opaque(Routine routine) {
        try {
            return PlpgsqlBody.opaque(Body.read(routine.body(), Names.ofFunction(routine.name())))
                    .orElse(Judgement.SOUND);
        } catch (Unreadable e) {
            return Judgement.SOUND;
        }
    }
}
