package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process's time, held against what the process says of itself. */
class StopwatchTest {

    /** Works in a child, and tells the shell's own user and system time and then its children's. */
    private static final String WORK = "(for ((i = 0; i < 200000; i++)); do :; done); times";

    private static final double MILLISECOND = 0.001;

    @TempDir
    Path folder;

    @Test
    void countsWhatChildrenWorkToo() throws Exception {
        Spent spent = new Stopwatch(folder).time(bash(WORK));

        double told = told(Files.readString(folder.resolve("output")));
        assertThat(told).isPositive();
        assertThat(spent.cpu()).isGreaterThanOrEqualTo(told - 4 * MILLISECOND);
    }

    /** Sum of words such as {@code 0m0.123s}. */
    private static double told(String times) {
        return Pattern.compile("(\\d+)m([0-9]+)[.,](\\d+)s")
                .matcher(times)
                .results()
                .mapToDouble(StopwatchTest::seconds)
                .sum();
    }

    private static double seconds(MatchResult time) {
        return 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2) + "." + time.group(3));
    }

    @Test
    void handsOnVariablesAndArguments() throws Exception {
        new Stopwatch(folder)
                .time(new Command(
                        List.of("bash", "-c", "echo \"$SAID, $1\"", "name", "two words"), Map.of("SAID", "of mine")));

        assertThat(folder.resolve("output")).hasContent("of mine, two words");
    }

    @Test
    void whatFailsIsNotTimed() throws IOException {
        Stopwatch stopwatch = new Stopwatch(folder);

        assertThatThrownBy(() -> stopwatch.time(bash("echo no such table >&2; exit 3")))
                .hasMessageContaining("bash failed with 3: no such table");
        assertThatThrownBy(() -> stopwatch.time(new Command(List.of("no-such-program"), Map.of())))
                .hasMessageContaining("no-such-program failed with 127");
    }

    @Test
    void readsNumbersOfAnyLocale() {
        assertThat(Spent.parse("1,500 0,250 0,125\n")).isEqualTo(new Spent(1.5, 0.375));
        assertThat(Spent.parse("61.500 0.250 0.125")).isEqualTo(new Spent(61.5, 0.375));
    }

    private static Command bash(String script) {
        return new Command(List.of("bash", "-c", script), Map.of());
    }
}
