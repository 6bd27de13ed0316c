package dev.dbmigration.engine;

/** A contender that is not to be had here; the message says why. */
final class LeftOut extends Exception {

    LeftOut(String why) {
        super(why);
    }
}
