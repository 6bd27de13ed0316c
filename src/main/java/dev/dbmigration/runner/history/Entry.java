package dev.dbmigration.runner.history;

import java.util.List;
import java.util.Locale;

/**
 * What a history table says of one migration.
 *
 * @param names what it is found by, the first of which is how it is told; at least one
 * @param state what became of it
 * @param note the state in words, such as {@code begun at 12:30 and not finished}; empty where it is recorded
 */
public record Entry(List<String> names, State state, String note) {

    /** What became of a migration. */
    public enum State {
        RECORDED,
        FAILED,
        HALF_DONE,
        /** It was there and has been taken back, so that it will run again. */
        GONE
    }

    static Entry recorded(String... names) {
        return new Entry(List.of(names), State.RECORDED, "");
    }

    /** How it is told. */
    public String name() {
        return names.get(0);
    }

    /** Whether it counts as run. */
    public boolean isRecorded() {
        return state == State.RECORDED;
    }

    /** Whether a person has to see to it. */
    boolean isUnfinished() {
        return state == State.FAILED || state == State.HALF_DONE;
    }

    /** The state in a word or two, for one that is not recorded. */
    public String stateInShort() {
        return state == State.GONE
                ? note
                : state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
