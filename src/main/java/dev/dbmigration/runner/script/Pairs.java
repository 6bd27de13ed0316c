package dev.dbmigration.runner.script;

import dev.dbmigration.runner.script.SourceFiles.Found;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ways down that are files of their own, each with the migration of the same source that it takes back: that of its
 * version, or, where the names have none, of the same name but for its ending.
 */
final class Pairs {

    /** Such as {@code 001_a.down.sql}, {@code down.sql}, {@code 001.undo.sql} and {@code U1__a.sql}. */
    private static final Pattern WAY_DOWN = Pattern.compile("(?i)(.*\\.)?(down|undo)\\.sql|U[0-9][0-9._]*__.*");

    private static final Pattern UNDO = Pattern.compile("(^|/)[Uu](?=[0-9][^/]*$)");
    private static final Pattern ENDING = Pattern.compile("(?i)((^|(?<=/)|\\.)(up|do|down|undo))?\\.sql$");

    private final List<Found> migrations;
    private final List<Found> waysDown;

    Pairs(List<Found> migrations, List<Found> waysDown) {
        Map<String, List<Found>> downs = waysDown.stream().collect(Collectors.groupingBy(Pairs::key));
        this.migrations = migrations.stream()
                .map(migration -> migration.with(only(downs.getOrDefault(key(migration), List.of()))))
                .toList();
        this.waysDown = waysDown;
    }

    /** Whether a file of this name, without folders, is a way down. */
    static boolean isWayDown(String name) {
        return WAY_DOWN.matcher(name).matches();
    }

    /** The migrations, each with its way down. */
    List<Found> migrations() {
        return migrations;
    }

    /** The ways down for the log, each with why it is not run. */
    List<String> ignored() {
        Map<String, Found> byKey = migrations.stream()
                .collect(Collectors.toMap(Pairs::key, Function.identity(), (first, second) -> first));
        return waysDown.stream()
                .map(down -> {
                    Found migration = byKey.get(key(down));
                    String why = migration == null
                            ? "a way down of no file here"
                            : migration.down().ignored();
                    return down.name() + " (" + why + ")";
                })
                .toList();
    }

    private static WayDown only(List<Found> downs) {
        return switch (downs.size()) {
            case 0 -> WayDown.NONE;
            case 1 -> WayDown.in(downs.get(0).path());
            default -> WayDown.notKept("its migration has more than one");
        };
    }

    /** The same for a migration and its way down, and for no others of a source that can be run. */
    private static String key(Found file) {
        Version version = Version.of(UNDO.matcher(file.name()).replaceFirst("$1V"));
        return version.isName() ? "name " + ENDING.matcher(file.name()).replaceFirst("") : "version " + version;
    }
}
