package dev.dbmigration.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/** Where the story is told, line by line, with the seconds since the manifests were applied. */
final class Terminal {

    private final PrintStream out;
    private long zero = System.nanoTime();
    private boolean silent;

    Terminal(PrintStream out) {
        this.out = out;
    }

    synchronized void line(String text) {
        if (!silent) {
            out.println(text.stripTrailing());
            out.flush();
        }
    }

    /** A line of the preparations. */
    void prepared(String verb, String text) {
        line("  %-9s %s".formatted(verb, text));
    }

    /** From now on the story's seconds count. */
    synchronized void begin() {
        zero = System.nanoTime();
    }

    /** A line of the story. */
    void told(String what, String text) {
        line("  %5ss  %-9s  %s".formatted(seconds(zero), what, text));
    }

    /** Nothing more is said: the story is broken off. */
    synchronized void silence() {
        silent = true;
    }

    /** Seconds since a {@link System#nanoTime()}, as people read them. */
    static String seconds(long since) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - since) / 1e9);
    }
}
