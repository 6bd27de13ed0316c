package dev.dbmigration.run;

/**
 * A decision, and of what it speaks.
 *
 * @param generation generation of the spec that the decision is true of
 * @param answered value of the run annotation that it answers; null: none
 */
public record Decided(Decision decision, long generation, String answered) {}
