package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.script.StatementWords;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ALTER TABLE}, action by action. */
record AlterTable(Facts facts, Relations relations, Constraints constraints, Set<String> madeTypes, Findings findings) {

    /** {@code cursor} stands behind ALTER TABLE. */
    void look(Cursor cursor) throws SQLException {
        cursor.take("IF", "EXISTS");
        cursor.take("ONLY");
        Optional<Relation> found = relations.find(cursor.name());
        cursor.takeSign("*");
        if (cursor.take("ATTACH", "PARTITION")) {
            attach(found, cursor.name());
        } else if (found.isPresent()) {
            look(found.get(), cursor);
        }
    }

    private void look(Relation table, Cursor cursor) throws SQLException {
        if (cursor.take("RENAME")) {
            rename(table, cursor);
        } else if (cursor.take("SET", "SCHEMA")) {
            findings.exclusive(table);
            relations.moved(table, cursor.word(), null);
        } else if (table.holdsRows()) {
            for (StatementWords action : cursor.parts()) {
                action(table, new Cursor(action));
            }
        }
    }

    private void attach(Optional<Relation> parent, Name name) throws SQLException {
        Optional<Relation> found = relations.find(name).filter(Relation::holdsRows);
        if (found.isEmpty()) {
            return;
        }
        findings.exclusive(found.get());
        List<String> key = parent.isPresent() ? facts.partitionKey(parent.get()) : List.of();
        if (constraints.cannotProveBounds(found.get(), key)) {
            findings.hazard(Hazard.PartitionScans, found.get());
        }
    }

    private void rename(Relation table, Cursor cursor) throws SQLException {
        if (cursor.take("TO")) {
            String name = cursor.word();
            findings.hazard(Hazard.Renamed, table);
            findings.exclusive(table);
            relations.moved(table, null, name);
        } else if (!cursor.take("CONSTRAINT")) {
            cursor.take("COLUMN");
            String column = cursor.word();
            if (cursor.sees("TO") && facts.column(table, column).isPresent()) {
                findings.hazard(Hazard.Renamed, table);
                findings.exclusive(table);
            }
        }
    }

    private void action(Relation table, Cursor action) throws SQLException {
        if (action.take("ADD")) {
            add(table, action);
        } else if (action.take("DROP")) {
            drop(table, action);
        } else if (action.take("ALTER")) {
            alter(table, action);
        } else if (action.take("VALIDATE", "CONSTRAINT")) {
            constraints.validated(table, action.word());
        } else if (action.sees("OWNER", "TO")
                || action.sees("DETACH") && !action.rest().contain("CONCURRENTLY")) {
            findings.exclusive(table);
        }
    }

    private void add(Relation table, Cursor action) throws SQLException {
        boolean constraint = action.take("CONSTRAINT");
        String name = constraint ? action.word() : null;
        if (action.take("CHECK")) {
            addCheck(table, name, action);
        } else if (action.take("FOREIGN", "KEY")) {
            if (isLookedThrough(action.rest())) {
                findings.hazard(Hazard.ForeignKeyScans, table);
            }
        } else if (action.take("UNIQUE") || action.take("PRIMARY", "KEY")) {
            findings.exclusive(table);
            if (!action.sees("USING", "INDEX")) {
                findings.hazard(Hazard.ConstraintBuildsIndex, table);
            }
        } else if (action.take("NOT", "NULL")) {
            String column = action.word();
            if (isLookedThrough(action.rest())) {
                notNull(table, column);
            }
        } else if (!constraint) {
            addColumn(table, action);
        }
    }

    private void addCheck(Relation table, String name, Cursor action) throws SQLException {
        StatementWords expression = action.parenthesized();
        boolean valid = isLookedThrough(action.rest());
        constraints.added(table, name, expression, valid);
        findings.exclusive(table);
        if (valid) {
            findings.hazard(Hazard.CheckScans, table);
        }
    }

    private static boolean isLookedThrough(StatementWords rest) {
        return !rest.contain("NOT", "VALID") && !rest.contain("NOT", "ENFORCED");
    }

    private void addColumn(Relation table, Cursor action) throws SQLException {
        action.take("COLUMN");
        boolean unlessThere = action.take("IF", "NOT", "EXISTS");
        String column = action.word();
        if (column == null || unlessThere && facts.column(table, column).isPresent()) {
            return;
        }
        findings.exclusive(table);
        new NewColumn(facts, findings).look(table, action.rest());
    }

    private void drop(Relation table, Cursor action) throws SQLException {
        if (action.sees("CONSTRAINT")) {
            findings.exclusive(table);
            return;
        }
        action.take("COLUMN");
        action.take("IF", "EXISTS");
        String column = action.word();
        if (column != null && facts.column(table, column).isPresent()) {
            findings.exclusive(table);
            findings.hazard(Hazard.ColumnDropped, table);
        }
    }

    private void alter(Relation table, Cursor action) throws SQLException {
        action.take("COLUMN");
        String column = action.sees("CONSTRAINT") ? null : action.word();
        if (column == null) {
            return;
        }
        if (action.take("SET", "NOT", "NULL")) {
            findings.exclusive(table);
            notNull(table, column);
        } else if (action.take("SET", "DATA", "TYPE") || action.take("TYPE")) {
            findings.exclusive(table);
            changeType(table, column, action.rest());
        } else if (action.sees("SET", "DEFAULT") || action.sees("DROP", "DEFAULT") || action.sees("DROP", "NOT")) {
            findings.exclusive(table);
        }
    }

    private void notNull(Relation table, String column) throws SQLException {
        boolean already =
                facts.column(table, column).filter(Facts.Column::notNull).isPresent();
        if (column != null && !already && !constraints.proveNotNull(table, column)) {
            findings.hazard(Hazard.NotNullScans, table);
        }
    }

    private void changeType(Relation table, String name, StatementWords clause) throws SQLException {
        Optional<Facts.Column> column = facts.column(table, name);
        if (column.isPresent()
                && new TypeChange(facts)
                        .rewrites(name, column.get(), clause, madeTypes)
                        .orElse(false)) {
            findings.hazard(Hazard.TypeRewrites, table);
        }
    }
}
