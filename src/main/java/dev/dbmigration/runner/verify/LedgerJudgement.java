package dev.dbmigration.runner.verify;

import dev.dbmigration.runner.history.Entry;
import dev.dbmigration.runner.history.Histories;
import dev.dbmigration.runner.history.History;
import dev.dbmigration.runner.history.HistoryTable;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.NearestName;
import dev.dbmigration.runner.verify.finding.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A tool's history beside what is expected of it. */
record LedgerJudgement(Histories tool, HistoryTable table, History history) {

    static final String CLEAN = "nothing failed or half done";

    private static final Pattern NUMBER = Pattern.compile("[\\d._-]+");

    Part recorded(List<String> versions, String expected) {
        List<String> missing = versions.stream()
                .filter(version -> find(history.recorded(), version).isEmpty())
                .toList();
        return missing.isEmpty() ? new Part(expected, expected, true) : new Part(expected, missing(missing), false);
    }

    private String missing(List<String> missing) {
        return "missing " + Words.some(missing.stream().map(this::withState).toList()) + hint(missing);
    }

    /** Of one name; a number that is not there has others beside it that mean something else. */
    private String hint(List<String> missing) {
        if (missing.size() > 1 || NUMBER.matcher(missing.get(0)).matches()) {
            return "";
        }
        List<String> names = history.recorded().stream()
                .flatMap(entry -> entry.names().stream())
                .toList();
        return NearestName.hint(missing.get(0), names);
    }

    private String withState(String version) {
        return find(history.entries(), version)
                .map(entry -> version + " (" + entry.stateInShort() + ")")
                .orElse(version);
    }

    Part atLeast(long wanted, String expected) {
        int found = history.recorded().size();
        return new Part(expected, Words.entries(found), found >= wanted);
    }

    Part latest(String wanted) {
        Optional<Entry> latest = history.latest();
        boolean met = latest.filter(entry -> matches(entry, wanted)).isPresent();
        String found = latest.map(entry -> "the latest " + entry.name()).orElse("no entry");
        String expected = "the latest " + wanted;
        return new Part(expected, met ? expected : found, met);
    }

    Part clean() {
        List<String> unfinished = history.unfinished();
        return unfinished.isEmpty() ? new Part(CLEAN, CLEAN, true) : new Part(CLEAN, Words.some(unfinished), false);
    }

    /** Where that was found, and what there is. */
    String place() {
        List<Entry> recorded = history.recorded();
        String there = recorded.isEmpty()
                ? "no entry" + history.nothing()
                : Words.entries(recorded.size()) + ", the last "
                        + recorded.get(recorded.size() - 1).name();
        return " in " + table + " (" + there + ")";
    }

    private Optional<Entry> find(List<Entry> entries, String version) {
        return entries.stream().filter(entry -> matches(entry, version)).findFirst();
    }

    private boolean matches(Entry entry, String version) {
        return entry.names().stream().anyMatch(name -> tool.same(name, version));
    }
}
