package dev.dbmigration.runner.execute;

/**
 * How many go to the server together: as many as take well below a second. So long nobody looks whether the pod is to
 * stop.
 */
final class Pace {

    private static final int FIRST = 2;
    private static final long SHORT_MILLIS = 250;
    private static final long LONG_MILLIS = 1_000;

    private final int most;
    private int size = FIRST;

    /** Begins with two, and never comes to more than {@code most}. */
    Pace(int most) {
        this.most = most;
    }

    /** How many may go next. */
    int size() {
        return size;
    }

    /** Those that went have all succeeded, and took so long. */
    void took(long millis) {
        if (millis < SHORT_MILLIS) {
            size = Math.min(2 * size, most);
        } else if (millis > LONG_MILLIS) {
            slower();
        }
    }

    /** Fewer from now on. */
    void slower() {
        size = Math.max(FIRST, size / 2);
    }
}
