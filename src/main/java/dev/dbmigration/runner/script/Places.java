package dev.dbmigration.runner.script;

import java.util.Arrays;

/**
 * From an offset in a statement to its line in the file. The two differ by more than where the statement begins: empty
 * lines are left out of it, and the value of a variable may have several.
 */
public final class Places {

    private int[] offsets = new int[4];
    private int[] lines = new int[4];
    private int count;
    private int origin;

    Places() {}

    /** What stands from this offset on is of this line of the file. */
    void add(int offset, int line) {
        if (count > 0 && lines[count - 1] == line) {
            return;
        }
        if (count > 0 && offsets[count - 1] == offset) {
            count--;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            lines = Arrays.copyOf(lines, count * 2);
        }
        offsets[count] = offset;
        lines[count++] = line;
    }

    /** The same places for the text that begins at {@code start}. */
    Places from(int start) {
        Places rest = new Places();
        rest.offsets = Arrays.copyOf(offsets, count);
        rest.lines = Arrays.copyOf(lines, count);
        rest.count = count;
        rest.origin = origin + start;
        return rest;
    }

    /** The line of what stands at {@code offset}; 0 where nothing was added. */
    int lineAt(int offset) {
        int index = Arrays.binarySearch(offsets, 0, count, origin + offset);
        int before = index >= 0 ? index : -index - 2;
        return count == 0 ? 0 : lines[Math.max(0, before)];
    }
}
