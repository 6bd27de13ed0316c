package dev.dbmigration.runner.script;

/**
 * What a file says into the log by {@code \echo}.
 *
 * @param before ordinal of the statement that it precedes; one above the last where it precedes none
 * @param line in the file, from 1
 */
public record Echo(int before, int line, String text) {}
