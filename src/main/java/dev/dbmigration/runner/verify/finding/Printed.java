package dev.dbmigration.runner.verify.finding;

/**
 * An expression in both ways in which PostgreSQL prints it.
 *
 * @param full with all parentheses, such as {@code ((a > 0) AND (b > 0))}
 * @param pretty with those that are needed; null: not asked for
 */
public record Printed(String full, String pretty) {

    /** Null where there is no expression. */
    public static Printed of(String full, String pretty) {
        return full == null ? null : new Printed(full, pretty);
    }

    /** Whether a person meant this one. */
    public boolean is(String written) {
        return Expression.same(written, full) || pretty != null && Expression.same(written, pretty);
    }

    @Override
    public String toString() {
        return pretty == null ? full : pretty;
    }
}
