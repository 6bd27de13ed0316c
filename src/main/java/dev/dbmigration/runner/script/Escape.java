package dev.dbmigration.runner.script;

/** A backslash and what it stands for, in a quoted argument of one of psql's commands. */
record Escape(char character, int length) {

    private static final String LETTERS = "ntbrf";
    private static final String MEANT = "\n\t\b\r\f";

    /** The escape whose backslash stands at {@code start}; one at the very end stands for itself. */
    static Escape at(String text, int start) {
        if (start + 1 >= text.length()) {
            return new Escape('\\', 1);
        }
        char c = text.charAt(start + 1);
        int octal = digits(text, start + 1, 3, 8);
        if (octal > 0) {
            return number(text, start + 1, octal, 8, 1);
        }
        int hexadecimal = c == 'x' ? digits(text, start + 2, 2, 16) : 0;
        if (hexadecimal > 0) {
            return number(text, start + 2, hexadecimal, 16, 2);
        }
        int letter = LETTERS.indexOf(c);
        return new Escape(letter < 0 ? c : MEANT.charAt(letter), 2);
    }

    /** psql puts a byte there; of those beyond ASCII, which may be no UTF-8 then, we make the character. */
    private static Escape number(String text, int start, int digits, int radix, int before) {
        int value = Integer.parseInt(text, start, start + digits, radix);
        return new Escape((char) (value & 0xff), before + digits);
    }

    private static int digits(String text, int start, int most, int radix) {
        int count = 0;
        while (count < most && start + count < text.length() && isDigit(text.charAt(start + count), radix)) {
            count++;
        }
        return count;
    }

    private static boolean isDigit(char c, int radix) {
        return c < '\u0080' && Character.digit(c, radix) >= 0;
    }
}
