package dev.dbmigration.runner.script;

import java.util.Arrays;

/** From an offset in a text to its line, counted from 1. */
final class Lines {

    private final int[] breaks;

    Lines(String text) {
        this.breaks = text.chars().filter(c -> c == '\n').count() == 0 ? new int[0] : breaksOf(text);
    }

    private static int[] breaksOf(String text) {
        int[] found = new int[16];
        int count = 0;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = i;
        }
        return Arrays.copyOf(found, count);
    }

    int lineAt(int offset) {
        int index = Arrays.binarySearch(breaks, offset);
        return (index >= 0 ? index : -index - 1) + 1;
    }
}
