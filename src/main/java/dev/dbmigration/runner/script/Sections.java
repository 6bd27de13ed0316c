package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.Marker.Kind;
import dev.dbmigration.runner.script.Marker.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Which lines of a file are its way up, where a tool's markers divide it: run whole, the file would apply its migration
 * and then drop it. A file without markers is a way up from its first line to its last. Follows one file.
 */
final class Sections {

    private final String file;
    private final List<String> down = new ArrayList<>();
    private final StringBuilder downText = new StringBuilder();
    private Tool tool;
    private int firstMarker;
    private int firstUp;
    private int downFrom;
    private int statementBegin;
    private FileOptions.Wrapping transaction;

    Sections(String file) {
        this.file = file;
    }

    /**
     * What to do with the next line.
     *
     * @throws RunFailed where it is a marker that is not understood, or stands where its tool would not have it
     */
    Policy.Line line(String text, int number) {
        Marker marker = Marker.of(text);
        Policy.Line what = marker == null ? plain() : marker(marker, number);
        boolean ofBoth = marker != null && marker.kind() == Kind.NO_TRANSACTION;
        // One character more than is kept is enough to know that it is too long.
        if ((isDown() || ofBoth) && downText.length() <= WayDown.MOST) {
            downText.append(text).append('\n');
        }
        return what;
    }

    private Policy.Line plain() {
        return isDown() ? Policy.Line.PASS : Policy.Line.READ;
    }

    private Policy.Line marker(Marker marker, int number) {
        if (marker.kind() == Kind.UNKNOWN) {
            throw refused(number, marker, "is no section marker that is known here", marker.tool());
        }
        if (tool != null && tool != marker.tool()) {
            throw refused(number, marker, "is a section marker of " + marker.tool() + " among those of " + tool, tool);
        }
        tool = marker.tool();
        firstMarker = firstMarker > 0 ? firstMarker : number;
        follow(marker, number);
        return marker.kind() == Kind.STATEMENT_BEGIN || marker.kind() == Kind.NO_TRANSACTION
                ? Policy.Line.PASS
                : Policy.Line.END;
    }

    private void follow(Marker marker, int number) {
        switch (marker.kind()) {
            case UP -> up(marker, number);
            case DOWN -> down(marker, number);
            case STATEMENT_BEGIN -> statementBegin(marker, number);
            case STATEMENT_END -> statementEnd(marker, number);
            default -> transaction = marker.transaction();
        }
    }

    private void up(Marker marker, int number) {
        if (marker.tool() != Tool.SQL_MIGRATE && (firstUp > 0 || downFrom > 0)) {
            throw refused(number, marker, "stands behind another section", marker.tool());
        }
        requireNoOpenStatement(marker, number);
        endDown(number - 1);
        firstUp = firstUp > 0 ? firstUp : number;
        transaction = marker.transaction() != null ? marker.transaction() : transaction;
    }

    private void down(Marker marker, int number) {
        if (marker.tool() != Tool.SQL_MIGRATE && (firstUp == 0 || downFrom > 0)) {
            String where = firstUp == 0 ? "stands before the way up" : "is the second of its kind";
            throw refused(number, marker, where, marker.tool());
        }
        requireNoOpenStatement(marker, number);
        downFrom = downFrom > 0 ? downFrom : number;
    }

    private void statementBegin(Marker marker, int number) {
        requireNoOpenStatement(marker, number);
        statementBegin = number;
    }

    private void statementEnd(Marker marker, int number) {
        if (statementBegin == 0) {
            throw refused(number, marker, "ends no statement", marker.tool());
        }
        statementBegin = 0;
    }

    private void requireNoOpenStatement(Marker marker, int number) {
        if (statementBegin > 0) {
            String open = "stands before the end of the statement that line " + statementBegin + " begins";
            throw refused(number, marker, open, marker.tool());
        }
    }

    private void endDown(int lastLine) {
        if (downFrom > 0) {
            down.add((downFrom == lastLine ? "line " : "lines " + downFrom + " to ") + lastLine);
            downFrom = 0;
        }
    }

    /**
     * The file ends here.
     *
     * @param statements what was read of it
     * @throws RunFailed where a section is not whole, or a statement stands in none
     */
    void end(int lastLine, List<Statement> statements) {
        if (tool == null) {
            return;
        }
        if (statementBegin > 0) {
            throw refused(statementBegin, "the statement that begins here is not ended by StatementEnd", tool);
        }
        if (firstUp == 0) {
            throw refused(
                    firstMarker, "the file has section markers of " + tool + ", and none begins its way up", tool);
        }
        if (!statements.isEmpty() && statements.get(0).line() < firstUp) {
            String before = "this stands before the section that line " + firstUp + " begins";
            throw refused(statements.get(0).line(), before, tool);
        }
        endDown(lastLine);
    }

    /** What the markers say of transactions; null: nothing. */
    FileOptions.Wrapping transaction() {
        return transaction;
    }

    /** Whether the line that came last is one of the way down, or the marker that begins it. */
    boolean isDown() {
        return downFrom > 0;
    }

    /** The way down, when the file has ended. */
    WayDown down() {
        return WayDown.of(down, downText.toString());
    }

    private RunFailed refused(int line, Marker marker, String why, Tool known) {
        return refused(line, "\"" + marker.text() + "\" " + why, known);
    }

    private RunFailed refused(int line, String message, Tool known) {
        String instead = "what is understood: " + known.known() + "; or leave only the way up in the file";
        return RunFailed.in(file, 0, line, Reason.UnsupportedFeature, message, instead);
    }
}
