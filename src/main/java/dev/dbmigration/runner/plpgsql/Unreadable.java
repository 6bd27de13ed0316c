package dev.dbmigration.runner.plpgsql;

/** A body that is not PL/pgSQL as it is known here; {@code line} counts from 1. */
public final class Unreadable extends RuntimeException {

    private final int line;

    Unreadable(int line, String what) {
        super(what);
        this.line = line;
    }

    /** The line of the body at which it is not understood, from 1. */
    public int line() {
        return line;
    }
}
