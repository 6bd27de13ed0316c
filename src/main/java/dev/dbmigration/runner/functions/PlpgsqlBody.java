package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.functions.Judgement.Verdict;
import dev.dbmigration.runner.plpgsql.Body;
import dev.dbmigration.runner.plpgsql.Fragment;
import dev.dbmigration.runner.plpgsql.Reading;
import dev.dbmigration.runner.plpgsql.Reading.Opaque;
import dev.dbmigration.runner.plpgsql.Unreadable;
import java.sql.SQLException;
import java.util.Optional;

/** Judges functions in PL/pgSQL by our own reading: the server parses each static statement and expression. */
record PlpgsqlBody(Catalogue catalogue) {

    /** With the settings as they are; {@code table}: whose trigger calls it, null: none. */
    Judgement judge(Routine routine, TriggerTable table) throws SQLException {
        try {
            Reading reading = Body.read(routine.body(), Parameters.of(catalogue, routine, table));
            return judge(routine, table, reading);
        } catch (Unreadable e) {
            return Judgement.unchecked(e.line(), "not understood: " + e.getMessage());
        }
    }

    /** The first thing in the body of which only a run can show whether it is sound, if there is one. */
    static Optional<Judgement> opaque(Reading reading) {
        Optional<Opaque> first = reading.unreadable().stream().findFirst();
        return first.map(opaque -> Judgement.unchecked(opaque.line(), opaque.what()));
    }

    private Judgement judge(Routine routine, TriggerTable table, Reading reading) throws SQLException {
        Doubts doubts = new Doubts(catalogue, routine, variablesFirst(routine, reading));
        FragmentCheck check = new FragmentCheck(new ServerParser(catalogue), new Types(catalogue), doubts, table);
        Judgement worst = opaque(reading).orElse(Judgement.SOUND);
        for (Fragment fragment : reading.fragments()) {
            worst = worst.or(check.judge(fragment));
            if (worst.is(Verdict.BROKEN)) {
                return worst;
            }
        }
        return worst;
    }

    private boolean variablesFirst(Routine routine, Reading reading) throws SQLException {
        if (reading.variablesFirst() != null) {
            return reading.variablesFirst();
        }
        String sql = "SELECT coalesce(?, pg_catalog.current_setting('plpgsql.variable_conflict', true), '')";
        String setting = catalogue
                .first(sql, row -> row.getString(1), routine.conflict())
                .orElse("");
        return setting.equals("use_variable");
    }
}
