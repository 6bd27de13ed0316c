package dev.dbmigration.operator;

/** The operator's process. */
public final class OperatorMain {

    private OperatorMain() {}

    public static void main(String[] args) {
        throw new UnsupportedOperationException("wired last");
    }
}
