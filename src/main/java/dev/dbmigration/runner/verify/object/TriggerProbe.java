package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.TriggerCheck;
import dev.dbmigration.check.TriggerCheck.Level;
import dev.dbmigration.check.TriggerCheck.Timing;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.PartKind;
import dev.dbmigration.runner.verify.finding.PartName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Reference;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A trigger: that it is there, when it fires, what it calls, and whether it is enabled. */
public record TriggerProbe(TriggerCheck check) implements Probe {

    private static final String TRIGGER = """
            SELECT t.tgtype, t.tgenabled, n.nspname, p.proname, n.nspname""" + Facts.IN_PATH + """
            FROM pg_catalog.pg_trigger t
            JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE t.oid = ?::pg_catalog.oid""";

    /** How a trigger is enabled, beside the letters of https://www.postgresql.org/docs/current/catalog-pg-trigger.html. */
    private static final Map<String, String> STATES = Map.of(
            "O", "enabled", "A", "enabled (always)", "R", "enabled in sessions of replication only", "D", "disabled");

    /** The bits of pg_trigger.tgtype, as src/include/catalog/pg_trigger.h of PostgreSQL numbers them. */
    private static final class Bit {
        private static final int ROW = 1;
        private static final int BEFORE = 1 << 1;
        private static final int INSTEAD = 1 << 6;
        private static final Map<Integer, String> EVENTS =
                new TreeMap<>(Map.of(1 << 2, "Insert", 1 << 3, "Delete", 1 << 4, "Update", 1 << 5, "Truncate"));
    }

    private record Trigger(int type, String state, Reference function) {

        private static Trigger read(ResultSet row) throws SQLException {
            return new Trigger(row.getInt(1), row.getString(2), Facts.reference(row, 3));
        }

        private boolean has(int bit) {
            return (type & bit) != 0;
        }

        private Timing timing() {
            return has(Bit.INSTEAD) ? Timing.InsteadOf : has(Bit.BEFORE) ? Timing.Before : Timing.After;
        }

        private Level level() {
            return has(Bit.ROW) ? Level.Row : Level.Statement;
        }

        private List<String> events() {
            return Bit.EVENTS.entrySet().stream()
                    .filter(event -> has(event.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private Stated<Trigger> stated() {
        return new Stated<Trigger>(check.exists())
                .same(check.timing(), Trigger::timing, Timing::name)
                .set(check.events(), "events", Trigger::events)
                .same(check.level(), Trigger::level, level -> "for each " + level)
                .reference(check.function(), "function", Trigger::function)
                .attribute(check.enabled(), state(), (catalogue, trigger) -> state(trigger.state()));
    }

    private String state() {
        return Boolean.FALSE.equals(check.enabled()) ? "disabled" : "enabled";
    }

    private Part state(String found) {
        boolean enabled = found.equals("O") || found.equals("A");
        return new Part(state(), STATES.get(found), enabled == check.enabled());
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        PartName.of(PartKind.TRIGGER, check.schema(), check.table(), check.name()),
                        (asked, trigger) -> Facts.of(asked, trigger, TRIGGER, Trigger::read));
    }
}
