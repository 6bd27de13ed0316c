package dev.dbmigration.runner.script;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What files may refer to.
 *
 * @param variables values for {@code :x}, by name
 * @param database name of the database that the run connects to; asked for only where a file names one
 */
public record Parameters(Map<String, String> variables, Supplier<String> database) {

    public Parameters {
        variables = Map.copyOf(variables);
    }
}
