package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Words.listed;

import dev.dbmigration.check.IndexCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.Finding.Part;
import dev.dbmigration.runner.verify.ObjectName.Located;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An index: that it is there, its table, its key columns, whether it is unique and valid. */
record IndexProbe(IndexCheck check) implements Probe {

    @Override
    public String expected() {
        List<String> words = new ArrayList<>();
        if (check.table() != null) {
            words.add("on " + check.table());
        }
        if (columnsAsked()) {
            words.add(columns(check.columns()));
        }
        if (check.unique() != null) {
            words.add(uniqueness(check.unique()));
        }
        if (check.valid() != null) {
            words.add(validity(check.valid()));
        }
        boolean attributes = Presence.wanted(check.exists()) && !words.isEmpty();
        return attributes ? String.join(", ", words) : Presence.words(check.exists());
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        ObjectName name = new ObjectName(ObjectKind.INDEX, check.schema(), check.name());
        Optional<Located> found = name.locate(catalogue);
        if (found.isEmpty()) {
            return Presence.missing(check.exists(), expected(), name, catalogue);
        }
        List<Part> parts = Presence.wanted(check.exists()) ? parts(Index.read(catalogue, found.get())) : List.of();
        return parts.isEmpty() ? Presence.found(check.exists(), "index " + found.get()) : new Finding(parts);
    }

    private List<Part> parts(Index index) {
        List<Part> parts = new ArrayList<>();
        if (check.table() != null) {
            boolean same = List.of(ObjectName.spellings(check.table())).contains(index.table());
            parts.add(new Part("on " + check.table(), "on " + index.table(), same));
        }
        if (columnsAsked()) {
            String found =
                    columns(index.keys().stream().map(Index.Key::toString).toList());
            parts.add(new Part(columns(check.columns()), found, sameColumns(index.keys())));
        }
        if (check.unique() != null) {
            parts.add(Part.of(uniqueness(check.unique()), uniqueness(index.unique())));
        }
        if (check.valid() != null) {
            parts.add(Part.of(validity(check.valid()), validity(index.valid())));
        }
        return parts;
    }

    /** An index has at least one column, so an empty list can only mean that nothing is asked. */
    private boolean columnsAsked() {
        return check.columns() != null && !check.columns().isEmpty();
    }

    private boolean sameColumns(List<Index.Key> keys) {
        List<String> wanted = check.columns();
        return keys.size() == wanted.size()
                && IntStream.range(0, keys.size()).allMatch(i -> keys.get(i).is(wanted.get(i)));
    }

    private static String columns(List<String> columns) {
        return "columns " + listed(columns);
    }

    private static String uniqueness(boolean unique) {
        return unique ? "unique" : "not unique";
    }

    private static String validity(boolean valid) {
        return valid ? "valid" : "INVALID";
    }
}
