package dev.dbmigration.runner.script;

import java.util.Map;

/** The variables by which psql itself is told how to go on; a file may set them only to what we do anyway. */
final class Special {

    private record Meaning(boolean ours, String instead) {}

    private static final Map<String, Meaning> MEANINGS = Map.of(
            "ON_ERROR_STOP",
            new Meaning(true, "take it out; a run stops at the first statement that fails"),
            "AUTOCOMMIT",
            new Meaning(true, "take it out; each file is one transaction"),
            "ON_ERROR_ROLLBACK",
            new Meaning(false, "take it out; a run stops at the first statement that fails"),
            "SINGLELINE",
            new Meaning(false, "take it out, and end statements with semicolons"),
            "SINGLESTEP",
            new Meaning(false, "take it out; nobody is there to answer"));

    private Special() {}

    /** What to do instead of setting this variable so; null: it may be set. An empty value is on. */
    static String refusal(String name, String value) {
        Meaning meaning = MEANINGS.get(name);
        if (meaning == null) {
            return null;
        }
        Boolean on = value.isEmpty() ? Boolean.TRUE : Switch.parse(value);
        return on != null && on == meaning.ours() ? null : meaning.instead();
    }
}
