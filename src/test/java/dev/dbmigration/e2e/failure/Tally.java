package dev.dbmigration.e2e.failure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the suite counts, over all its lanes. */
final class Tally {

    private final Map<Kill, Integer> kills = new EnumMap<>(Kill.class);
    private final List<String> troubles = new ArrayList<>();
    private int migrations;
    private int effects;
    private int lost;
    private int doubled;
    private int untruthful;
    private int hung;
    private int overlapping;

    synchronized int kills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized void kill(Kill kill) {
        kills.merge(kill, 1, Integer::sum);
    }

    synchronized void migration(int itsEffects) {
        migrations++;
        effects += itsEffects;
    }

    synchronized void lost(String what) {
        lost++;
        trouble("lost: " + what);
    }

    synchronized void doubled(String what) {
        doubled++;
        trouble("doubled: " + what);
    }

    synchronized void untruthful(String what) {
        untruthful++;
        trouble("untruthful: " + what);
    }

    synchronized void hung(String what) {
        hung++;
        trouble("hung: " + what);
    }

    /** A session of a dead attempt was there when a later one worked. */
    synchronized void overlapping(String what) {
        overlapping++;
        trouble("overlapping: " + what);
    }

    private void trouble(String what) {
        troubles.add(what);
        System.out.println(what);
    }

    synchronized List<String> troubles() {
        return List.copyOf(troubles);
    }

    synchronized String byKind() {
        return kills + ", overlapping " + overlapping;
    }

    @Override
    public synchronized String toString() {
        return "kills %d, migrations %d, effects %d, lost %d, doubled %d, untruthful %d, hung %d"
                .formatted(kills(), migrations, effects, lost, doubled, untruthful, hung);
    }
}
