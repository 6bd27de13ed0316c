package dev.dbmigration.runner.words;

import dev.dbmigration.runner.script.Lexer;
import dev.dbmigration.runner.script.Token;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The data in a statement: its strings and numbers, longest first, and new passwords, however they are quoted. The body
 * of a function or a DO block is code and counts by the literals in it, except what RAISE says, which its author wrote
 * to be read.
 */
final class Literals {

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final Set<String> found = new TreeSet<>(LONGEST_FIRST);
    private final Set<String> said = new LinkedHashSet<>();
    private final boolean standardStrings;

    private Literals(boolean standardStrings) {
        this.standardStrings = standardStrings;
    }

    /** {@code standardStrings}: whether a backslash in its plain strings was itself. */
    static Literals of(String sql, boolean standardStrings) {
        Literals literals = new Literals(standardStrings);
        literals.collect(sql);
        NewPasswords.of(sql).forEach(literals::add);
        return literals;
    }

    Set<String> found() {
        return found;
    }

    /** What RAISE says, with a percent sign for each value. */
    Set<String> said() {
        return said;
    }

    private void collect(String sql) {
        Lexer lexer = new Lexer(sql, standardStrings);
        Token first = null;
        boolean code = false;
        boolean raise = false;
        try {
            for (Token token = lexer.next(); token != null; token = lexer.next()) {
                first = first == null ? token : first;
                code |= beginsCode(first, token, sql);
                if (raise && token.kind() == Token.Kind.STRING) {
                    said.addAll(Strings.forms(token.in(sql)));
                } else {
                    take(token, sql, code);
                }
                raise = token.isWord(sql, "RAISE") || raise && token.kind() == Token.Kind.WORD;
            }
        } catch (Lexer.Unterminated e) {
            // A body in a language with other quotes: hide all of it.
            add(sql);
        }
    }

    private static boolean beginsCode(Token first, Token token, String sql) {
        boolean routine = token.isWord(sql, "FUNCTION") || token.isWord(sql, "PROCEDURE");
        return first.isWord(sql, "DO") || first.isWord(sql, "CREATE") && routine;
    }

    private void take(Token token, String sql, boolean code) {
        switch (token.kind()) {
            case NUMBER -> add(token.in(sql));
            case STRING -> Strings.forms(token.in(sql)).forEach(this::add);
            case DOLLAR_STRING -> {
                String body = Strings.dollarBody(token.in(sql));
                if (code) {
                    collect(body);
                } else {
                    add(body);
                }
            }
            default -> {}
        }
    }

    private void add(String literal) {
        if (!literal.isBlank()) {
            found.add(literal);
        }
    }
}
