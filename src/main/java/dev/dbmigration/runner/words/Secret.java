package dev.dbmigration.runner.words;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes passwords out of texts, in each form in which they may stand there: as they are, without the blanks around them,
 * percent-encoded as in a URI, and as a literal of SQL. A short one may be part of any word, and is hidden only where it
 * stands alone.
 */
public final class Secret implements UnaryOperator<String> {

    /** Hides nothing. */
    public static final Secret NONE = new Secret();

    private static final int SHORT = 8;
    private static final String HIDDEN = "…";

    private final Pattern passwords;

    /** Any of them may be null or empty: then it hides nothing. */
    public Secret(String... passwords) {
        String alternatives = Stream.of(passwords)
                .filter(Objects::nonNull)
                .flatMap(Secret::forms)
                .filter(form -> !form.isBlank())
                .distinct()
                .sorted((form, other) -> other.length() - form.length())
                .map(Secret::pattern)
                .collect(Collectors.joining("|"));
        this.passwords = alternatives.isEmpty() ? null : Pattern.compile(alternatives);
    }

    @Override
    public String apply(String text) {
        return passwords == null || text == null
                ? text
                : passwords.matcher(text).replaceAll(HIDDEN);
    }

    private static Stream<String> forms(String password) {
        return Stream.of(password, password.strip()).flatMap(form -> {
            String encoded = URLEncoder.encode(form, StandardCharsets.UTF_8);
            return Stream.of(form, encoded, encoded.replace("+", "%20"), form.replace("'", "''"));
        });
    }

    private static String pattern(String password) {
        String quoted = Pattern.quote(password);
        return password.length() < SHORT ? "(?<![\\p{L}\\p{N}_])" + quoted + "(?![\\p{L}\\p{N}_])" : quoted;
    }
}
