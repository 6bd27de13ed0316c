package dev.dbmigration.runner.plpgsql;

import java.util.List;

/** What a name of a body stands for. */
public sealed interface Variable {

    /** A value of this type, as the server can read it, with its modifier. */
    record Typed(String type) implements Variable {}

    /** A value of the type of something else: a variable, or {@code table.column} with perhaps a schema before. */
    record Like(List<String> name, Names names) implements Variable {}

    /** A record, whose columns are those of what is assigned to it. */
    record Row(Rows rows) implements Variable {}

    /** A cursor; its rows are those of the queries that it is opened for. */
    record Cursor(Rows rows) implements Variable {}

    /** Another name of a variable, which may be a positional parameter such as {@code $1}. */
    record Alias(List<String> name, Names names) implements Variable {}

    /** Something whose type only a call knows. */
    record Unknown(String why) implements Variable {}
}
