package dev.dbmigration.runner.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions that work, each with a call, and with the places at which it can be damaged. */
final class Corpus {

    private static final Pattern MARK = Pattern.compile("\\{\\{(\"?)(\\w+)(\"?)}}");

    private Corpus() {}

    /** A function by its text, which may be followed by the trigger that calls it. */
    record Sample(String call, String text) {

        String sound() {
            return MARK.matcher(text).replaceAll("$1$2$3");
        }

        /** One version for each mark, in which what is named there is not there. */
        List<Damage> damages() {
            List<Damage> damages = new ArrayList<>();
            Matcher mark = MARK.matcher(text);
            while (mark.find()) {
                String lost = "lost_" + mark.group(2);
                String before = plain(text.substring(0, mark.start()));
                String damaged = before + mark.group(1) + lost + mark.group(3) + plain(text.substring(mark.end()));
                damages.add(new Damage(damaged, lost, line(before)));
            }
            return damages;
        }

        private static String plain(String text) {
            return MARK.matcher(text).replaceAll("$1$2$3");
        }

        /** Of the body, which begins behind its dollar quote. */
        private static int line(String before) {
            String body = before.substring(before.indexOf(" AS $"));
            return 1 + (int) body.chars().filter(c -> c == '\n').count();
        }
    }

    /** A function in which something is lost on this line of its body. */
    record Damage(String text, String lost, int line) {

        /** The same in a schema of its own, without the statements behind the function. */
        String in(String schema) {
            String one = text.split("\n(?=CREATE TRIGGER|ALTER FUNCTION)")[0];
            return one.replaceFirst("CREATE (FUNCTION|PROCEDURE) ", "CREATE $1 " + schema + ".");
        }

        /** The trigger that calls it, from that schema, on a table of everybody's; null: it is called otherwise. */
        String trigger(String schema) {
            int start = text.indexOf("CREATE TRIGGER");
            return start < 0
                    ? null
                    : text.substring(start)
                            .replaceFirst("TRIGGER \\w+", "TRIGGER of_" + schema)
                            .replaceFirst("EXECUTE FUNCTION ", "EXECUTE FUNCTION " + schema + ".");
        }
    }

    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        String[] parts = resource("/plpgsql/sound.sql").split("(?m)^--- ");
        for (String part : List.of(parts).subList(1, parts.length)) {
            int end = part.indexOf('\n');
            samples.add(new Sample(part.substring(0, end), part.substring(end + 1)));
        }
        return samples;
    }

    static String resource(String path) {
        try (InputStream in = Corpus.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
