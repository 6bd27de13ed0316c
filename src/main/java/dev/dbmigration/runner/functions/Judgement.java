package dev.dbmigration.runner.functions;

/**
 * What was found of a function, or of a part of one.
 *
 * @param line the line of its body from 1; 0: none, or not known
 * @param words why it is not sound; empty where it is
 */
public record Judgement(Verdict verdict, int line, String words) {

    /** What can be said of a function. */
    public enum Verdict {
        /** All of it was looked at, and everything it names is there. */
        SOUND,
        /** Some of it was not looked at, and what was is sound. */
        UNCHECKED,
        /** The same, for want of a privilege of ours, so that another user would know more. */
        FORBIDDEN,
        /** It cannot run as it stands. */
        BROKEN
    }

    static final Judgement SOUND = new Judgement(Verdict.SOUND, 0, "");

    static Judgement unchecked(int line, String why) {
        return new Judgement(Verdict.UNCHECKED, line, why);
    }

    static Judgement forbidden(int line, String why) {
        return new Judgement(Verdict.FORBIDDEN, line, why);
    }

    static Judgement broken(int line, String why) {
        return new Judgement(Verdict.BROKEN, line, why);
    }

    boolean is(Verdict wanted) {
        return verdict == wanted;
    }

    /** The worse of both; the first of two that are as bad. */
    Judgement or(Judgement other) {
        return other.verdict.compareTo(verdict) > 0 ? other : this;
    }

    /** Where and why, behind the name of the function. */
    String sentence() {
        return (line > 0 ? " line " + line : "") + ": " + words;
    }
}
