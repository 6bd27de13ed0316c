package dev.dbmigration.testing;

/** Ends the processing of a request with the answer that refuses it. */
final class Refused extends RuntimeException {

    private final transient Answer answer;

    Refused(Answer answer) {
        super(answer.body(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
