package dev.dbmigration.runner.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What one check could say of the database as it is.
 *
 * @param schema where it belongs; empty: to the whole database
 * @param group the table it belongs to, or the object itself: checks of one group stay together
 * @param label what it is, in words
 * @param kind of check
 * @param body the check's fields; null: nothing can be expected of it
 * @param notes for a person: what was left out, and why
 */
record Draft(String schema, String group, String label, String kind, ObjectNode body, List<String> notes) {}
