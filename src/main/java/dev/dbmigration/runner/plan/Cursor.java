package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.runner.script.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads a statement, or a part of one, from its beginning word by word. Not to be shared between threads. */
final class Cursor {

    private final String text;
    private final List<Token> tokens;
    private int at;

    Cursor(StatementWords words) {
        this.text = words.text();
        this.tokens = words.tokens();
    }

    /** Whether these words stand here, outside quotes and in any case. */
    boolean sees(String... words) {
        return rest().begin(words);
    }

    /** Goes behind these words, where they stand here. */
    boolean take(String... words) {
        boolean there = sees(words);
        if (there) {
            at += words.length;
        }
        return there;
    }

    /** Whether this sign stands here. */
    boolean seesSign(String sign) {
        return at < tokens.size() && tokens.get(at).in(text).equals(sign);
    }

    /** Goes behind this sign, where it stands here. */
    boolean takeSign(String sign) {
        boolean there = seesSign(sign);
        if (there) {
            at++;
        }
        return there;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** The next word as the catalogue would have it, and goes behind it; null where no name stands here. */
    String word() {
        if (atEnd() || !isName(tokens.get(at))) {
            return null;
        }
        return Name.plain(tokens.get(at++).in(text));
    }

    /** The next name with what qualifies it, and goes behind it; null where there is none, or one of another database. */
    Name name() {
        String first = word();
        if (first == null || !seesSign(".")) {
            return first == null ? null : new Name(null, first);
        }
        at++;
        String second = word();
        return second == null || seesSign(".") ? null : new Name(first, second);
    }

    /** Names with commas between them, each perhaps with ONLY before it or a star behind; those not understood are left out. */
    List<Name> names() {
        List<Name> names = new ArrayList<>();
        do {
            take("ONLY");
            Name name = name();
            if (name != null) {
                names.add(name);
            }
            takeSign("*");
        } while (takeSign(","));
        return names;
    }

    /** Goes behind the parentheses that open here, and gives what stands in them; null where none open. */
    StatementWords parenthesized() {
        if (!seesSign("(")) {
            return null;
        }
        int open = at;
        int depth = 0;
        do {
            Token.Kind kind = tokens.get(at++).kind();
            depth += kind == Token.Kind.OPEN ? 1 : kind == Token.Kind.CLOSE ? -1 : 0;
        } while (depth > 0 && at < tokens.size());
        return new StatementWords(text, tokens.subList(open + 1, Math.max(open + 1, at - 1)));
    }

    /** What has not been read yet. */
    StatementWords rest() {
        return new StatementWords(text, tokens.subList(at, tokens.size()));
    }

    /** What has not been read yet, cut at the commas outside parentheses. */
    List<StatementWords> parts() {
        List<StatementWords> parts = new ArrayList<>();
        int depth = 0;
        int start = at;
        for (int i = at; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
            if (depth == 0 && token.in(text).equals(",")) {
                parts.add(new StatementWords(text, tokens.subList(start, i)));
                start = i + 1;
            }
        }
        parts.add(new StatementWords(text, tokens.subList(start, tokens.size())));
        return parts;
    }

    private static boolean isName(Token token) {
        return token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_NAME;
    }
}
