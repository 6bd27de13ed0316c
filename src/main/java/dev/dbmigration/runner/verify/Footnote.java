package dev.dbmigration.runner.verify;

import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import java.util.ArrayList;
import java.util.List;

/** What is said once of several parts: behind the last that is not met, which a short sentence still tells. */
final class Footnote {

    private Footnote() {}

    /** Behind the last part where all are met; there is at least one. */
    static Finding under(List<Part> parts, String note) {
        int last = parts.size() - 1;
        for (int i = 0; i < parts.size(); i++) {
            last = parts.get(i).met() ? last : i;
        }
        Part part = parts.get(last);
        List<Part> noted = new ArrayList<>(parts);
        noted.set(last, new Part(part.expected(), part.observed() + note, part.met()));
        return new Finding(noted);
    }
}
