package dev.dbmigration.runner.ledger;

/**
 * What the ledger keeps of one statement of a file that is not one transaction, until the whole file is recorded.
 *
 * @param statement its ordinal in the file, from 1
 * @param hash SHA-256 of its text, in hexadecimal
 * @param begun true: it was about to run and nobody knows how far it came; false: it is done
 * @param before what was there before it ran, in words that its own kind understands; empty where that does not matter
 * @param skipped what the server said of what it found there instead, a line each; null: it was not skipped
 */
public record Step(int statement, String hash, boolean begun, String before, String skipped) {

    public static Step done(int statement, String hash, String skipped) {
        return new Step(statement, hash, false, "", skipped);
    }

    /** It is about to run. */
    public static Step begun(int statement, String hash, String before) {
        return new Step(statement, hash, true, before, null);
    }
}
