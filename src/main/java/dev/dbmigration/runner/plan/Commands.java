package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.script.StatementWords;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The commands that lock or rewrite, other than ALTER TABLE. */
record Commands(Facts facts, Relations relations, Set<String> madeTypes, Findings findings) {

    private static final Set<String> OFF = Set.of("false", "off", "0");

    /** {@code cursor} stands behind CREATE. */
    void create(Cursor cursor) throws SQLException {
        cursor.take("OR", "REPLACE");
        boolean unique = cursor.take("UNIQUE");
        if (cursor.take("INDEX")) {
            index(cursor);
        } else if (cursor.take("TYPE")) {
            Name name = cursor.name();
            if (name != null) {
                madeTypes.add(name.name());
            }
        } else if (!unique) {
            relation(cursor);
        }
    }

    private void index(Cursor cursor) throws SQLException {
        boolean concurrently = cursor.take("CONCURRENTLY");
        boolean unlessThere = cursor.take("IF", "NOT", "EXISTS");
        Name index = cursor.sees("ON") ? null : cursor.name();
        cursor.take("ON");
        boolean only = cursor.take("ONLY");
        Optional<Relation> table = relations.find(cursor.name()).filter(Relation::holdsRows);
        if (table.isEmpty() || concurrently || only && table.get().isPartitioned()) {
            return;
        }
        boolean there = unlessThere
                && index != null
                && relations.find(new Name(table.get().schema(), index.name())).isPresent();
        if (!there) {
            findings.hazard(Hazard.IndexBlocksWrites, table.get());
        }
    }

    private void relation(Cursor cursor) throws SQLException {
        boolean scoped = cursor.take("GLOBAL") || cursor.take("LOCAL");
        boolean temporary = cursor.take("TEMP") || cursor.take("TEMPORARY") || scoped;
        Stream.of("UNLOGGED", "MATERIALIZED", "FOREIGN", "RECURSIVE").forEach(cursor::take);
        if (!cursor.take("TABLE") && !cursor.take("VIEW")) {
            return;
        }
        boolean unlessThere = cursor.take("IF", "NOT", "EXISTS");
        Name name = cursor.name();
        if (name == null || unlessThere && relations.find(name).isPresent()) {
            return;
        }
        relations.made(name, temporary);
        if (cursor.take("PARTITION", "OF")) {
            exclusive(relations.find(cursor.name()));
        }
    }

    /** {@code cursor} stands behind DROP. */
    void drop(Cursor cursor) throws SQLException {
        boolean table = cursor.take("TABLE");
        boolean index = !table && cursor.take("INDEX");
        if (!table && !index && !cursor.take("VIEW") && !cursor.take("MATERIALIZED", "VIEW")) {
            return;
        }
        boolean concurrently = cursor.take("CONCURRENTLY");
        cursor.take("IF", "EXISTS");
        for (Relation relation : found(cursor.names())) {
            if (index && !concurrently) {
                exclusive(facts.tableOf(relation));
            }
            if (table && relation.holdsRows()) {
                findings.exclusive(relation);
                findings.hazard(Hazard.TableDropped, relation);
            }
            relations.dropped(relation);
        }
    }

    /** {@code cursor} stands behind TRUNCATE. */
    void truncate(Cursor cursor) throws SQLException {
        cursor.take("TABLE");
        for (Relation relation : found(cursor.names())) {
            findings.exclusive(relation);
            if (cursor.rest().contain("CASCADE")) {
                List<String> others = facts.referring(relation);
                String more = others.isEmpty() ? "" : ": " + String.join(", ", others);
                findings.hazard(Hazard.TruncateCascades, relation, more);
            }
        }
    }

    /** {@code cursor} stands behind LOCK. */
    void lock(Cursor cursor) throws SQLException {
        cursor.take("TABLE");
        List<Relation> tables = found(cursor.names());
        if (!cursor.sees("IN") || cursor.sees("IN", "ACCESS", "EXCLUSIVE")) {
            for (Relation table : tables) {
                findings.exclusive(table);
            }
        }
    }

    /** {@code cursor} stands behind VACUUM. */
    void vacuum(Cursor cursor) throws SQLException {
        StatementWords options = cursor.parenthesized();
        boolean full = options == null ? cursor.take("FULL") : isFull(options);
        if (!full) {
            return;
        }
        while (cursor.take("FREEZE") || cursor.take("VERBOSE") || cursor.take("ANALYZE") || cursor.take("ANALYSE")) {
            // Words that change nothing here.
        }
        if (cursor.atEnd()) {
            findings.hazard(Hazard.VacuumFullRewrites, null);
        }
        for (StatementWords table : cursor.atEnd() ? List.<StatementWords>of() : cursor.parts()) {
            for (Relation relation : found(new Cursor(table).names())) {
                findings.hazard(Hazard.VacuumFullRewrites, relation);
            }
        }
    }

    private static boolean isFull(StatementWords options) {
        for (StatementWords option : new Cursor(options).parts()) {
            if (option.begin("FULL")) {
                String value =
                        option.size() == 1 ? "true" : option.tokens().get(1).in(option.text());
                return !OFF.contains(Name.plain(value));
            }
        }
        return false;
    }

    /** {@code cursor} stands behind CLUSTER. */
    void cluster(Cursor cursor) throws SQLException {
        cursor.take("VERBOSE");
        cursor.parenthesized();
        if (cursor.atEnd()) {
            findings.hazard(Hazard.ClusterRewrites, null);
            return;
        }
        Name name = cursor.name();
        Optional<Relation> table =
                relations.find(cursor.take("ON") ? cursor.name() : name).filter(Relation::holdsRows);
        if (table.isPresent()) {
            findings.exclusive(table.get());
            findings.hazard(Hazard.ClusterRewrites, table.get());
        }
    }

    private List<Relation> found(List<Name> names) throws SQLException {
        List<Relation> found = new ArrayList<>();
        for (Name name : names) {
            relations.find(name).ifPresent(found::add);
        }
        return found;
    }

    private void exclusive(Optional<Relation> relation) throws SQLException {
        if (relation.isPresent()) {
            findings.exclusive(relation.get());
        }
    }
}
