package dev.dbmigration.runner.script;

/** Looks at bytes one after the other, whether they are UTF-8: RFC 3629, so no surrogates and no overlong forms. */
final class Utf8 {

    private int missing;
    private int low;
    private int high;

    /** Whether {@code octet} may stand where it does. */
    boolean accepts(byte octet) {
        int b = octet & 0xff;
        if (missing > 0) {
            missing--;
            boolean follows = b >= low && b <= high;
            low = 0x80;
            high = 0xbf;
            return follows;
        }
        return b < 0x80 || begins(b);
    }

    /** Whether nothing is missing from the last character. */
    boolean isComplete() {
        return missing == 0;
    }

    private boolean begins(int b) {
        if (b < 0xc2 || b > 0xf4) {
            return false;
        }
        missing = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        return true;
    }
}
