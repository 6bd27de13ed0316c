package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.functions.Judgement.Verdict;
import dev.dbmigration.runner.plpgsql.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at all functions and procedures of some schemas, running none. Between two of them it lets go of the locks by
 * which the server's parser holds their tables.
 */
public final class Survey {

    /** The SQLSTATE of a privilege that is missing. */
    public static final String NO_PRIVILEGE = Refusal.NO_PRIVILEGE;

    private final Catalogue catalogue;
    private final Connection connection;
    private final Optional<PlpgsqlCheck> extension;

    /** In the read-only transaction that is open on the catalogue's connection. */
    public Survey(Catalogue catalogue) throws SQLException {
        this.catalogue = catalogue;
        this.connection = ServerParser.connection(catalogue);
        this.extension = PlpgsqlCheck.of(catalogue);
    }

    /** A function by schema, name and arguments, for a trigger's with its table, and what was found of it. */
    public record Found(String function, Judgement judgement) {

        /** For people: where and why it is not sound. */
        public String sentence() {
            return function + judgement.sentence();
        }
    }

    /**
     * Each function of these schemas, by name; one that several tables' triggers call counts once, by the worst.
     *
     * @throws SQLException where the server cannot be asked, such as for a lock or a timeout
     */
    public List<Found> of(List<String> schemas) throws SQLException {
        List<Found> found = new ArrayList<>();
        for (Routine routine : Routine.of(catalogue, schemas)) {
            found.add(judge(routine));
        }
        return found;
    }

    private Found judge(Routine routine) throws SQLException {
        List<String> path = catalogue.searchPath();
        Found found = under(routine, routine.searchPath());
        boolean mayBeCalledOtherwise = routine.searchPath() == null && !path.contains(routine.schema());
        if (!found.judgement().is(Verdict.BROKEN) || !mayBeCalledOtherwise) {
            return found;
        }
        List<String> other = new ArrayList<>(path);
        other.add(0, routine.schema());
        Found otherwise = under(
                routine,
                String.join(", ", other.stream().map(Identifiers::quoted).toList()));
        return otherwise.judgement().is(Verdict.BROKEN)
                ? found
                : new Found(
                        routine.signature(),
                        Judgement.unchecked(
                                found.judgement().line(),
                                "what it names is there only if its caller's search_path has " + routine.schema()));
    }

    /** With this search_path; null: the session's own. */
    private Found under(Routine routine, String searchPath) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            set("check_function_bodies", "on");
            if (searchPath != null) {
                set("search_path", searchPath);
            }
            return found(routine);
        } finally {
            connection.rollback(before);
        }
    }

    private void set(String setting, String value) throws SQLException {
        catalogue.first("SELECT pg_catalog.set_config(?, ?, true)", row -> 1, setting, value);
    }

    private Found found(Routine routine) throws SQLException {
        return switch (routine.language()) {
            case "sql" -> new Found(routine.signature(), new SqlBody(catalogue).judge(routine));
            case "plpgsql" -> plpgsql(routine);
            default ->
                new Found(
                        routine.signature(), Judgement.unchecked(0, "language " + routine.language() + " is not read"));
        };
    }

    private Found plpgsql(Routine routine) throws SQLException {
        List<TriggerTable> tables =
                routine.kind() == Routine.Kind.TRIGGER ? TriggerTable.of(catalogue, routine) : List.of();
        if (tables.isEmpty()) {
            return new Found(routine.signature(), plpgsql(routine, null));
        }
        Found worst = null;
        for (TriggerTable table : tables) {
            Judgement judgement = plpgsql(routine, table);
            if (worst == null || judgement.verdict().compareTo(worst.judgement().verdict()) > 0) {
                worst = new Found(routine.signature() + " on " + table.schema() + "." + table.name(), judgement);
            }
        }
        return worst;
    }

    private Judgement plpgsql(Routine routine, TriggerTable table) throws SQLException {
        boolean needsTable = routine.kind() == Routine.Kind.TRIGGER && table == null;
        boolean byExtension = extension.isPresent() && !needsTable && routine.kind() != Routine.Kind.EVENT_TRIGGER;
        return byExtension ? extension.get().judge(routine, table) : new PlpgsqlBody(catalogue).judge(routine, table);
    }
}
