package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.plpgsql.Identifiers;
import dev.dbmigration.runner.plpgsql.Names.Found;
import dev.dbmigration.runner.plpgsql.Variable.Like;
import dev.dbmigration.runner.plpgsql.Variable.Typed;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types by the names that the server can read, as its search_path is now. */
final class Types {

    private final Catalogue catalogue;
    private final Map<Long, String> names = new HashMap<>();

    Types(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The name of a type; its modifier makes no difference to what can be done with it. */
    String name(long oid) throws SQLException {
        if (!names.containsKey(oid)) {
            String sql = "SELECT pg_catalog.format_type(?::pg_catalog.oid, -1)";
            names.put(oid, catalogue.first(sql, row -> row.getString(1), oid).orElseThrow());
        }
        return names.get(oid);
    }

    /** What {@code %TYPE} means here; null: something whose type is not known. Empty: there is nothing of this name. */
    Optional<String> like(Like like) throws SQLException {
        Optional<Found> variable = like.names().find(like.name());
        if (variable.isPresent() && variable.get().used() == like.name().size()) {
            return ofVariable(variable.get());
        }
        return like.name().size() < 2 ? Optional.empty() : ofColumn(like.name());
    }

    private Optional<String> ofVariable(Found found) throws SQLException {
        if (found.variable() instanceof Typed typed) {
            return Optional.of(typed.type());
        }
        return found.variable() instanceof Like like ? like(like) : Optional.of("");
    }

    private Optional<String> ofColumn(List<String> name) throws SQLException {
        String table = Identifiers.quoted(name.subList(0, name.size() - 1));
        String sql = "SELECT pg_catalog.format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute"
                + " WHERE attrelid = pg_catalog.to_regclass(?) AND attname = ? AND attnum > 0 AND NOT attisdropped";
        return catalogue.first(sql, row -> row.getString(1), table, name.get(name.size() - 1));
    }
}
