package dev.dbmigration.engine;

/**
 * What one contender took in one round.
 *
 * @param applied of the run on a fresh database
 * @param nothing of the run after it, with nothing to do
 */
record Turn(Spent applied, Spent nothing) {}
