package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which relation a name stands for at the place in the run that is looked at: as the catalogue has it, but for what the
 * run itself makes, renames or drops before. What is not known is empty, and so is what the run has made.
 */
final class Relations {

    private static final String TEMPORARY = "pg_temp";

    private final Catalogue catalogue;
    /** What the run has done to a name; empty: it made or dropped that relation. */
    private final Map<Name, Optional<Relation>> changed = new HashMap<>();

    private final String ownPath;
    private boolean pathKnown = true;
    private boolean pathIsOwn = true;

    Relations(Catalogue catalogue) throws SQLException {
        this.catalogue = catalogue;
        this.ownPath = catalogue
                .first("SELECT pg_catalog.current_setting('search_path')", row -> row.getString(1))
                .orElseThrow();
    }

    /** The relation that was there before the run and is meant by this name here. */
    Optional<Relation> find(Name name) throws SQLException {
        if (name == null) {
            return Optional.empty();
        }
        for (String schema : schemas(name)) {
            Name qualified = new Name(schema, name.name());
            Optional<Relation> change = changed.get(qualified);
            if (change != null) {
                return change;
            }
            Optional<Relation> there = lookUp(qualified);
            if (there.isPresent()) {
                return there;
            }
        }
        return Optional.empty();
    }

    private List<String> schemas(Name name) throws SQLException {
        if (name.schema() != null) {
            return List.of(name.schema());
        }
        if (!pathKnown) {
            return List.of();
        }
        List<String> schemas = new ArrayList<>(List.of(TEMPORARY));
        schemas.addAll(catalogue.searchPath());
        return schemas;
    }

    private Optional<Relation> lookUp(Name name) throws SQLException {
        String sql = "SELECT c.oid, n.nspname, c.relname, c.relkind FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?";
        return catalogue.first(sql, Relations::read, name.schema(), name.name());
    }

    /** A row of oid, schema, name and kind. */
    static Relation read(ResultSet row) throws SQLException {
        return new Relation(row.getLong(1), row.getString(2), row.getString(3), row.getString(4));
    }

    /** The run makes a relation of this name. */
    void made(Name name, boolean temporary) throws SQLException {
        List<String> schemas = temporary ? List.of(TEMPORARY) : schemas(name);
        int target = name.schema() != null || temporary ? 0 : 1;
        if (schemas.size() > target) {
            changed.put(new Name(schemas.get(target), name.name()), Optional.empty());
        }
    }

    /** The run drops it. */
    void dropped(Relation relation) {
        changed.put(new Name(relation.schema(), relation.name()), Optional.empty());
    }

    /** The run gives it another name or schema; null: it keeps that. */
    void moved(Relation relation, String schema, String name) {
        dropped(relation);
        String inSchema = schema == null ? relation.schema() : schema;
        changed.put(new Name(inSchema, name == null ? relation.name() : name), Optional.of(relation));
    }

    /** A file begins, and with it a session like new. */
    void fileBegins() throws SQLException {
        if (!pathIsOwn) {
            setPath(ownPath);
        }
        pathKnown = true;
        pathIsOwn = true;
    }

    /** From here on, to the end of the file, nobody can say what a name without a schema stands for. */
    void pathIsUnknown() {
        pathKnown = false;
    }

    /** From here on names without a schema are looked for in these schemas, as {@code SET search_path} lists them. */
    void pathIs(List<String> schemas) throws SQLException {
        setPath(String.join(
                ", ",
                schemas.stream()
                        .map(schema -> '"' + schema.replace("\"", "\"\"") + '"')
                        .toList()));
        pathIsOwn = false;
        pathKnown = true;
    }

    private void setPath(String path) throws SQLException {
        catalogue.first("SELECT pg_catalog.set_config('search_path', ?, false)", row -> row.getString(1), path);
    }
}
