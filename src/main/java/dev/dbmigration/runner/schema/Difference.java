package dev.dbmigration.runner.schema;

/**
 * One object that is not as it should be.
 *
 * @param label kind and name
 * @param expected its definition; null: it should not be there
 * @param found its definition; null: it is not there
 */
public record Difference(String label, String expected, String found) {

    /** {@code missing}, {@code extra} or {@code different}, and the label. */
    public String brief() {
        return (found == null ? "missing " : expected == null ? "extra " : "different ") + label;
    }

    /** The same with both definitions. */
    public String full() {
        return brief() + ": expected " + shown(expected) + ", found " + shown(found);
    }

    /** Applications keep secrets in settings of their own. */
    private boolean isSecret() {
        return label.startsWith("setting ");
    }

    private String shown(String definition) {
        if (definition != null && isSecret()) {
            return "a value that is not told";
        }
        return definition == null ? "nothing" : definition.isEmpty() ? "it to be there" : definition;
    }
}
