package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.plpgsql.Identifiers;
import dev.dbmigration.runner.plpgsql.Identifiers.Dotted;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why the server refuses to parse a statement.
 *
 * @param text what it was given, or the body of the function that it was asked about
 * @param ofBody whether it is the body, in which it gives the place apart
 */
record Refusal(SQLException cause, String text, boolean ofBody) {

    static final String NO_PRIVILEGE = "42501";

    private static final String NO_RELATION = "42P01";
    private static final String NO_COLUMN = "42703";

    /** Something that is named is not there, or is of another type: nothing that a rewriting could have brought in. */
    private static final Set<String> BROKEN = Set.of(NO_RELATION, NO_COLUMN, "42883", "42804", "42704", "3F000");

    /** Where the server's parser gives up on a name that PL/pgSQL takes for a variable next. Never translated. */
    private static final Set<String> OF_NAMES = Set.of("errorMissingColumn", "errorMissingRTE");

    /** Whether the server speaks of the statement, and not of itself, of locks, or of who is to stop. */
    static boolean ofStatement(SQLException e) {
        String state = e.getSQLState();
        return state != null
                && (state.startsWith("42")
                        || state.startsWith("22")
                        || state.startsWith("0A")
                        || state.equals("3F000")
                        || state.equals("54001")
                        || state.startsWith("P0"));
    }

    String state() {
        return cause.getSQLState();
    }

    /** Whether it says that the statement can never run. */
    boolean ofBroken() {
        return BROKEN.contains(state());
    }

    boolean ofPrivilege() {
        return NO_PRIVILEGE.equals(state());
    }

    /** Whether a relation is missing, which depends on no type. */
    boolean ofRelation() {
        return NO_RELATION.equals(state()) && !ofName();
    }

    /** Whether it stumbled over a name that might be a variable. */
    boolean ofName() {
        ServerErrorMessage server = server();
        return server != null && server.getPosition() > 0 && OF_NAMES.contains(String.valueOf(server.getRoutine()));
    }

    /** The name it stumbled over; null: it says none. */
    Dotted name() {
        return offset() < 0 ? null : Identifiers.at(text, offset());
    }

    /** Where in the text; -1: it does not say. */
    int offset() {
        ServerErrorMessage server = server();
        int position = server == null ? 0 : ofBody ? server.getInternalPosition() : server.getPosition();
        return position < 1 || position > text.codePointCount(0, text.length())
                ? -1
                : text.offsetByCodePoints(0, position - 1);
    }

    /** How many lines of the text stand before it. */
    int linesBefore() {
        return (int) text.substring(0, Math.max(0, offset()))
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    /** The server's sentence, with its guess of what was meant. */
    String words() {
        ServerErrorMessage server = server();
        if (server == null) {
            return cause.getMessage();
        }
        boolean guess = NO_COLUMN.equals(state()) && server.getHint() != null;
        return server.getMessage() + (guess ? " (" + server.getHint() + ")" : "");
    }

    private ServerErrorMessage server() {
        return cause instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }
}
