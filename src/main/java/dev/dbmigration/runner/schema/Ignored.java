package dev.dbmigration.runner.schema;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Labels of objects that nobody wants to hear of, as patterns in which {@code *} stands for anything. */
public final class Ignored {

    private final List<Pattern> patterns;

    /** {@code patterns} are held against whole labels. */
    public Ignored(List<String> patterns) {
        this.patterns = patterns.stream().map(Ignored::compiled).toList();
    }

    /** Whether any pattern is one for this label. */
    public boolean matches(String label) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(label).matches());
    }

    private static Pattern compiled(String glob) {
        String regex = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
