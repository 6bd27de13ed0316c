package dev.dbmigration.runner.snapshot;

import dev.dbmigration.check.Check;
import java.util.List;

/**
 * Checks that stay together, as those of one table.
 *
 * @param schema where it lies; empty: in none
 * @param notes of what could not be expected
 */
record Group(String schema, List<Check> checks, List<String> notes) {}
