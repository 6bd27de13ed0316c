package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.plpgsql.Body;
import dev.dbmigration.runner.plpgsql.Identifiers;
import dev.dbmigration.runner.plpgsql.Names;
import dev.dbmigration.runner.plpgsql.Reading;
import dev.dbmigration.runner.plpgsql.Unreadable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges functions in PL/pgSQL by the extension plpgsql_check, where the database has it. */
record PlpgsqlCheck(Catalogue catalogue, String schema) {

    /** A name in a message, in the quotes of its language. */
    private static final Pattern QUOTED = Pattern.compile("[\"\u201e\u00ab](.+?)[\"\u201c\u201d\u00bb]");

    /** An error that it tells, on a line of the body. */
    private record Complaint(int line, String state, String message) {}

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
        Optional<Complaint> complaint = catalogue.first(
                sql,
                row -> new Complaint(row.getInt(1), row.getString(2), row.getString(3)),
                routine.oid(),
                table == null ? 0L : table.oid());
        Optional<Reading> reading = reading(routine);
        return complaint.isPresent()
                ? judge(routine, complaint.get(), reading)
                : reading.flatMap(PlpgsqlBody::opaque).orElse(Judgement.SOUND);
    }

    private Judgement judge(Routine routine, Complaint complaint, Optional<Reading> reading) throws SQLException {
        int line = complaint.line();
        if (complaint.state().equals(Refusal.NO_PRIVILEGE)) {
            return Judgement.forbidden(line, complaint.message());
        }
        Doubts doubts = new Doubts(catalogue, routine, false);
        if (reading.isPresent() && handled(reading.get(), line)) {
            return doubts.expected(line);
        }
        if (reading.isPresent() && dynamic(reading.get(), line)) {
            return PlpgsqlBody.opaque(reading.get()).orElseThrow();
        }
        Matcher name = QUOTED.matcher(complaint.message());
        return complaint.state().equals(Refusal.NO_RELATION) && name.find()
                ? doubts.ofRelation(
                        line, complaint.message(), List.of(name.group(1).split("\\.")))
                : Judgement.broken(line, complaint.message());
    }

    private static boolean handled(Reading reading, int line) {
        return reading.fragments().stream()
                .anyMatch(fragment ->
                        fragment.line() == line && !fragment.expected().isEmpty());
    }

    /** What it says of dynamic SQL that it takes for constant is a guess. */
    private static boolean dynamic(Reading reading, int line) {
        return reading.unreadable().stream().anyMatch(opaque -> opaque.line() == line);
    }

    /** It passes dynamic SQL over, and says nothing of that. */
    private static Optional<Reading> reading(Routine routine) {
        try {
            return Optional.of(Body.read(routine.body(), Names.ofFunction(routine.name())));
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }
}
