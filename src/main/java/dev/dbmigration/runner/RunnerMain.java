package dev.dbmigration.runner;

/** The process of a run. */
public final class RunnerMain {

    private RunnerMain() {}

    public static void main(String[] args) {
        throw new UnsupportedOperationException("written next");
    }
}
