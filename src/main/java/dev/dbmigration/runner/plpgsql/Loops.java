package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.plpgsql.Source.Piece;
import dev.dbmigration.runner.plpgsql.Variable.Cursor;
import dev.dbmigration.runner.plpgsql.Variable.Row;
import dev.dbmigration.runner.plpgsql.Variable.Typed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads LOOP, WHILE, FOR and FOREACH. */
final class Loops {

    private static final Set<String> LOOP = Set.of("LOOP");

    private final Source source;
    private final Collected collected;
    private final Targets targets;
    private final Consumer<Names> statements;

    /** {@code statements} reads those within a loop. */
    Loops(Source source, Collected collected, Targets targets, Consumer<Names> statements) {
        this.source = source;
        this.collected = collected;
        this.targets = targets;
        this.statements = statements;
    }

    /** Reads the loop that begins here, if one does. */
    boolean read(Names names, String label) {
        Names within = names.within(label);
        if (source.take("WHILE")) {
            collected.expression(source.upTo(LOOP), names);
        } else if (source.take("FOREACH")) {
            foreach(names);
        } else if (source.take("FOR")) {
            within = counted(names, within);
        } else if (!source.sees("LOOP")) {
            return false;
        }
        body(within);
        return true;
    }

    private void body(Names names) {
        source.expect("LOOP");
        statements.accept(names);
        source.expect("END", "LOOP");
        if (source.seesName()) {
            source.skip();
        }
        source.expect(";");
    }

    private void foreach(Names names) {
        targets.read(names, null);
        if (source.take("SLICE")) {
            source.skip();
        }
        source.expect("IN", "ARRAY");
        collected.expression(source.upTo(LOOP), names);
    }

    private Names counted(Names names, Names within) {
        int from = source.mark();
        List<String> first = source.dottedName();
        boolean several = source.sees(",");
        source.upTo(Set.of("IN"));
        Piece all = source.since(from);
        source.expect("IN");
        if (source.take("EXECUTE")) {
            dynamic(names, all);
            return within;
        }
        Optional<Rows> cursor = several ? Optional.empty() : cursor(names);
        if (cursor.isPresent()) {
            return overCursor(names, within, first, cursor.get());
        }
        source.take("REVERSE");
        Piece low = source.upTo(Set.of("..", "LOOP"));
        return source.take("..") ? integers(names, within, first, low) : rows(names, within, all, low);
    }

    private void dynamic(Names names, Piece loopTargets) {
        collected.opaque(loopTargets.line(), "dynamic SQL");
        collected.expression(source.upTo(Set.of("USING", "LOOP")), names);
        if (source.take("USING")) {
            collected.expression(source.upTo(LOOP), names);
        }
        assign(names, loopTargets, null);
    }

    /** The rows of the cursor that this loop runs over, if it does. */
    private Optional<Rows> cursor(Names names) {
        boolean alone = source.seesName() && (source.seesBehind(1, "LOOP") || source.seesBehind(1, "("));
        if (!alone) {
            return Optional.empty();
        }
        int from = source.mark();
        String name = Identifiers.plain(textOfName());
        Optional<Names.Found> found = names.find(List.of(name));
        boolean isCursor = found.isPresent() && found.get().variable() instanceof Cursor;
        if (!isCursor) {
            source.back(from);
            return Optional.empty();
        }
        return Optional.of(((Cursor) found.get().variable()).rows());
    }

    private String textOfName() {
        int from = source.mark();
        source.skip();
        return source.since(from).text();
    }

    private Names overCursor(Names names, Names within, List<String> record, Rows cursor) {
        if (source.take("(")) {
            collected.arguments(source, names);
        }
        Rows rows = new Rows();
        rows.fromCursor(cursor);
        return within.with(record.get(0), new Row(rows));
    }

    private Names integers(Names names, Names within, List<String> variable, Piece low) {
        collected.expression(low, names);
        collected.expression(source.upTo(Set.of("BY", "LOOP")), names);
        if (source.take("BY")) {
            collected.expression(source.upTo(LOOP), names);
        }
        return within.with(variable.get(0), new Typed("pg_catalog.int4"));
    }

    private Names rows(Names names, Names within, Piece loopTargets, Piece query) {
        Fragment fragment = collected.statement(query.text(), query.line(), names);
        List<String> name = Identifiers.at(loopTargets.text(), 0).parts();
        Optional<Rows> outer = Targets.rows(names, name);
        if (outer.isEmpty()) {
            assign(names, loopTargets, fragment);
            return within;
        }
        Rows rows = new Rows(outer.get());
        rows.from(fragment);
        return within.with(name.get(name.size() - 1), new Row(rows));
    }

    /** The variables before IN are read a second time, as what is assigned to is known now. */
    private void assign(Names names, Piece loopTargets, Fragment query) {
        new Targets(new Source(loopTargets.text()), collected).read(names, query);
    }
}
