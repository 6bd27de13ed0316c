package dev.dbmigration.runner.history;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a history table holds.
 *
 * @param entries in the tool's own order, one for each migration
 * @param troubles what is wrong with the whole, such as a lock that is held, each in words
 * @param nothing why there may be no entries, in words that follow "no entry"; empty: nobody knows
 */
public record History(List<Entry> entries, List<String> troubles, String nothing) {

    static History of(List<Entry> entries) {
        return new History(entries, List.of(), "");
    }

    /** Those that count as run. */
    public List<Entry> recorded() {
        return entries.stream().filter(Entry::isRecorded).toList();
    }

    /** The last of those that count as run, but for migrations without a version. */
    public Optional<Entry> latest() {
        return recorded().stream()
                .filter(entry -> !entry.name().startsWith("R__"))
                .reduce((before, next) -> next);
    }

    /** What a person has to see to, each in words; empty: nothing failed or is half done. */
    public List<String> unfinished() {
        Stream<String> words =
                entries.stream().filter(Entry::isUnfinished).map(entry -> entry.name() + " " + entry.note());
        return Stream.concat(words, troubles.stream()).toList();
    }
}
