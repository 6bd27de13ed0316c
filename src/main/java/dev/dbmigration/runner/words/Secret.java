package dev.dbmigration.runner.words;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Takes a password out of texts. A short one may be part of any word, and is hidden only where it stands alone. */
public final class Secret implements UnaryOperator<String> {

    private static final int SHORT = 8;
    private static final String HIDDEN = "…";

    private final Pattern password;

    /** {@code password} may be null or empty: then nothing is hidden. */
    public Secret(String password) {
        this.password = password == null || password.isEmpty() ? null : pattern(password);
    }

    @Override
    public String apply(String text) {
        return password == null ? text : password.matcher(text).replaceAll(HIDDEN);
    }

    private static Pattern pattern(String password) {
        String quoted = Pattern.quote(password);
        return Pattern.compile(
                password.length() < SHORT ? "(?<![\\p{L}\\p{N}_])" + quoted + "(?![\\p{L}\\p{N}_])" : quoted);
    }
}
