package dev.dbmigration.runner.script;

/**
 * Where psql 15 ends a number. Letters right behind it belong to it, so that in {@code 1e'x'} no escape string begins,
 * and so does the sign of an exponent that is missing, so that in {@code 1e--x} no comment does.
 */
final class Numbers {

    private Numbers() {}

    /** The offset behind the number that begins at {@code start} with a digit, or with a point before one. */
    static int end(String text, int start) {
        int whole = digits(text, start);
        if (text.startsWith("..", whole)) {
            return whole;
        }
        int mantissa = text.startsWith(".", whole) ? digits(text, whole + 1) : whole;
        if (!signedExponent(text, mantissa)) {
            return name(text, mantissa);
        }
        int exponent = digits(text, mantissa + 2);
        return exponent > mantissa + 2 ? name(text, exponent) : exponent;
    }

    private static boolean signedExponent(String text, int at) {
        return at + 1 < text.length()
                && (text.charAt(at) == 'e' || text.charAt(at) == 'E')
                && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-');
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && Characters.digit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int name(String text, int from) {
        boolean junk = from < text.length() && Characters.startsName(text.charAt(from));
        return junk ? Quotes.endOfName(text, from) : from;
    }
}
