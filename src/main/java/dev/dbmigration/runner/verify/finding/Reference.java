package dev.dbmigration.runner.verify.finding;

import java.util.List;

/**
 * Another object that one refers to.
 *
 * @param inPath whether its schema is in the search_path, so that it may be named without
 */
public record Reference(String schema, String name, boolean inPath) {

    /** Null where there is no name. */
    public static Reference of(String schema, String name, boolean inPath) {
        return name == null ? null : new Reference(schema, name, inPath);
    }

    /** Whether a person meant this one. */
    public boolean is(String written) {
        List<String> spellings = List.of(ObjectName.spellings(written));
        return spellings.contains(schema + "." + name) || inPath && spellings.contains(name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
