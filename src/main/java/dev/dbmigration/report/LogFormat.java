package dev.dbmigration.report;

import java.util.Arrays;

/** How lines of a log look: for people, or one {@link LogLine} each. Set by {@value #VARIABLE} in operator and runner. */
public enum LogFormat {
    json,
    plain;

    /** The variable by which a process, and a runner's Pod, is told. */
    public static final String VARIABLE = "DBMIGRATION_LOG_FORMAT";

    /**
     * The format of this name; the default where there is none.
     *
     * @throws IllegalArgumentException with a sentence that names the variable
     */
    public static LogFormat of(String variable, String name, LogFormat otherwise) {
        if (name == null || name.isBlank()) {
            return otherwise;
        }
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        variable + " is " + name + ", and not one of " + Arrays.toString(values())));
    }
}
