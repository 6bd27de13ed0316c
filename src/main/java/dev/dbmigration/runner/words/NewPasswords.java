package dev.dbmigration.runner.words;

import dev.dbmigration.runner.script.Lexer;
import dev.dbmigration.runner.script.Token;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What stands behind {@code PASSWORD} in {@code CREATE} and {@code ALTER} of a {@code ROLE} or {@code USER}, also without
 * quotes or in the wrong ones, as a syntax error would repeat it.
 */
public final class NewPasswords {

    private NewPasswords() {}

    /** The passwords that a statement gives to roles; empty: it is about something else. */
    public static Set<String> of(String sql) {
        Set<String> passwords = new LinkedHashSet<>();
        Lexer lexer = new Lexer(sql, true);
        try {
            Token verb = lexer.next();
            Token object = verb == null ? null : lexer.next();
            boolean roles = object != null
                    && (verb.isWord(sql, "ALTER") || verb.isWord(sql, "CREATE"))
                    && (object.isWord(sql, "ROLE") || object.isWord(sql, "USER"));
            Token before = object;
            for (Token token = roles ? lexer.next() : null; token != null; token = lexer.next()) {
                if (before.isWord(sql, "PASSWORD") && !token.isWord(sql, "NULL")) {
                    passwords.addAll(forms(token.kind(), token.in(sql)));
                }
                before = token;
            }
        } catch (Lexer.Unterminated e) {
            // It is refused before it is run.
        }
        return passwords;
    }

    private static Set<String> forms(Token.Kind kind, String token) {
        return switch (kind) {
            case STRING -> Strings.forms(token);
            case DOLLAR_STRING -> Set.of(Strings.dollarBody(token));
            case QUOTED_NAME -> Set.of(token.substring(1, token.length() - 1));
            default -> Set.of(token);
        };
    }
}
