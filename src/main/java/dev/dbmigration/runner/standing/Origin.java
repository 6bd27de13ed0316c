package dev.dbmigration.runner.standing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By what a source is known again in the ledger: its name, but for the tag and the digest of an image. */
final class Origin {

    private static final Pattern IMAGE = Pattern.compile("image ([^@ ]+?)(:[^/@: ]+)?(@\\S+)? (/.*)");

    private Origin() {}

    static String of(String source) {
        Matcher image = IMAGE.matcher(source);
        return image.matches() ? "image " + image.group(1) + " " + image.group(4) : source;
    }
}
