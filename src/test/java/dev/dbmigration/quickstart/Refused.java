package dev.dbmigration.quickstart;

/** Something is not as it should be; the message is the sentence that a person reads. */
final class Refused extends RuntimeException {

    Refused(String sentence) {
        super(sentence);
    }
}
