package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that holds its own undoing: run whole, it would apply its migration and then drop it. */
final class WayDown {

    private static final Pattern MARKER = Pattern.compile(
            "^[ \\t]*--[ \\t]*(migrate:down|\\+goose[ \\t]+down|\\+migrate[ \\t]+down)\\b", Pattern.CASE_INSENSITIVE);

    private WayDown() {}

    static void refuse(String file, String text, int line) {
        Matcher marker = MARKER.matcher(text);
        if (marker.find()) {
            throw RunFailed.in(
                    file,
                    0,
                    line,
                    Reason.UnsupportedFeature,
                    "\"" + marker.group(1) + "\" begins a section that undoes the file, and the whole file would run",
                    "leave only the way up in the file");
        }
    }
}
