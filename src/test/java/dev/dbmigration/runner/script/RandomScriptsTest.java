package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.testing.psql.Psql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Scripts of everything that begins or ends something, in any order, beside psql: {@value #SCRIPTS} of them, many in one
 * session. A difference is reported with the seed, and shrunk.
 */
@Tag("regress")
class RandomScriptsTest {

    private static final int SCRIPTS = 10_000;
    private static final int IN_ONE_SESSION = 250;

    private static final Map<String, String> VARIABLES = Map.of(
            "one", "1",
            "two", "1; SELECT 2",
            "quote", "'",
            "nested", ":one + :two",
            "itself", "(:itself)",
            "lines", "a\n'b\nc",
            "dollar", "$a$",
            "escaped", "it's \\ \"so\"");

    private static int scripts;
    private static int queries;

    @Property(tries = SCRIPTS / IN_ONE_SESSION, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void areSplitAsPsqlDoes(@ForAll("sessions") List<String> session) throws IOException {
        Path work = Files.createTempDirectory("scripts");
        try {
            List<Path> files = write(work, session);
            List<List<String>> psqls = new Psql(work.resolve("log"), Map.of()).queries(files, true, VARIABLES);
            for (int i = 0; i < files.size(); i++) {
                LikePsql ours = new LikePsql(true, Map.of(), VARIABLES).read(files.get(i));
                assertThat(Comparison.difference(ours.queries(), psqls.get(i)))
                        .as(session.get(i))
                        .isNull();
                scripts++;
                queries += Comparison.said(psqls.get(i)).size();
            }
        } finally {
            delete(work);
        }
    }

    @AfterContainer
    static void tell() {
        System.out.printf("%s: %d scripts, %d queries alike%n", Psql.version(), scripts, queries);
    }

    private static List<Path> write(Path work, List<String> scripts) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String script : scripts) {
            files.add(Files.writeString(work.resolve(files.size() + ".sql"), script));
        }
        return files;
    }

    private static void delete(Path work) throws IOException {
        try (var entries = Files.list(work)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(work);
    }

    @Provide
    Arbitrary<List<String>> sessions() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(20, quoted()),
                Tuple.of(8, Arbitraries.of(quotes())),
                Tuple.of(8, Arbitraries.of(separators())),
                Tuple.of(6, Arbitraries.of(words())),
                Tuple.of(4, Arbitraries.of(variables())),
                Tuple.of(2, Arbitraries.of(backslashes())),
                Tuple.of(2, Arbitraries.of(statements())));
        Arbitrary<String> scripts = pieces.list().ofMinSize(1).ofMaxSize(20).map(list -> String.join("", list));
        return scripts.list().ofSize(IN_ONE_SESSION);
    }

    /** Something before an opening, something within, a closing, which may fit or not. */
    private static Arbitrary<String> quoted() {
        Arbitrary<String> before = Arbitraries.of(
                "", " ", "a", "é", "1", "1e", "1E+", "1e-5", "1.", "1..", ".5e5", "$1", "$", ":", "::", ")", "=", "+",
                "u&");
        Arbitrary<String> open = Arbitraries.of(
                "'", "E'", "e'", "B'", "x'", "n'", "U&'", "u&\"", "\"", "$$", "$a$", "/*", "--", ":'", ":\"", "(");
        Arbitrary<String> within = Arbitraries.of(
                        "\\", "'", "''", ";", "\n", "\r", "\"", "$$", "$a$", "$", "--", "/*", "*/", "one", ":one", ")",
                        " ")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list));
        Arbitrary<String> close = Arbitraries.of("'", "'", "'", "\"", "$$", "$a$", "*/", "\n", ")", "");
        Arbitrary<String> behind = Arbitraries.of("", " ", ";", ";\n", "\n");
        // No backslash may end it alone: with what follows it could make a command that does something here.
        return Combinators.combine(before, open, within, close, behind)
                .as((a, b, c, d, e) -> a + b + c.replaceAll("\\\\+$", "\\\\\\\\") + d + e);
    }

    private static List<String> quotes() {
        return List.of(
                "'", "'", "''", "E'", "e'", "U&'", "u&\"", "u&", "B'", "X'", "N'", "n", "\"", "\"\"", "$$", "$a$",
                "$b$", "$", "$1", "$é$", "/*", "*/", "*", "/", "--", "-", "(", ")", "[", "]");
    }

    private static List<String> separators() {
        return List.of(";", ";", ";", "\n", "\n", "\n", "\n\n", "\r\n", "\r", " ", "\t", "\f", " \n", ",", "+", "=");
    }

    private static List<String> words() {
        return List.of(
                "a",
                "é",
                "_",
                "1",
                "2.",
                ".5",
                "1..",
                "1e",
                "1e+",
                "1e5",
                "0x1F",
                "e",
                "x",
                "CREATE ",
                "create ",
                "OR ",
                "REPLACE ",
                "FUNCTION ",
                "procedure ",
                "BEGIN ",
                "ATOMIC ",
                "END",
                "CASE ",
                " end ",
                " begin ");
    }

    private static List<String> variables() {
        return List.of(
                ":one",
                ":'one'",
                ":\"one\"",
                ":{?one}",
                ":{?none}",
                ":none",
                ":'none'",
                ":two",
                ":quote",
                ":'quote'",
                ":nested",
                ":itself",
                ":lines",
                ":'lines'",
                ":dollar",
                ":'escaped'",
                ":\"escaped\"",
                "::",
                ":=",
                ":",
                ":'",
                ":\"",
                ":{",
                ":{?");
    }

    /** Each with its second character, so that no two pieces make a command that does something here. */
    private static List<String> backslashes() {
        return List.of(
                "\\\\",
                "\\'",
                "\\\"",
                "\\;",
                "\\:",
                "\\$",
                "\\(",
                "\\.\n",
                "\\g\n",
                "\\gx\n",
                "\\r\n",
                "\\p\n",
                "\\echo ",
                "\\echo 'a b' \\\\ ",
                "\\nosuch ");
    }

    private static List<String> statements() {
        return List.of(
                "\nSET standard_conforming_strings = off;",
                "\nset local standard_conforming_strings to 'off';\n",
                "\nSET standard_conforming_strings TO on;\n",
                "\nRESET ALL;\n",
                "\nCOPY t FROM STDIN;\n1\t'\n\\.\n",
                "\nCOPY t (a, b) FROM STDIN WITH (FORMAT csv);SELECT '\n1\t'\n\n\\.\n\\.\n",
                "\nCOPY (SELECT 1) TO STDOUT;",
                "\nCOPY t FROM STDIN \\g\n1;\n\\.\n",
                "\nCOPY t FROM '/file';");
    }
}
