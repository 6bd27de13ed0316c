package dev.dbmigration.runner.snapshot;

import dev.dbmigration.check.Check;
import java.util.ArrayList;
import java.util.List;

/** The checks of one resource, and notes for its head. */
record Document(List<Check> checks, List<String> notes) {

    /** As many as a resource may have. */
    private static final int MOST = 100;

    /** One where all fit into it; else some for each schema, in which no group is torn apart that fits into one. */
    static List<Document> of(List<Group> groups) {
        int all = groups.stream().mapToInt(group -> group.checks().size()).sum();
        List<Document> documents = new ArrayList<>();
        Document open = new Document(new ArrayList<>(), new ArrayList<>());
        String schema = "";
        for (Group group : groups) {
            boolean elsewhere = all > MOST && !schema.isEmpty() && !schema.equals(group.schema());
            boolean fits = group.checks().size() <= MOST;
            if (elsewhere || fits && open.checks.size() + group.checks().size() > MOST) {
                open = closed(open, documents);
            }
            schema = group.schema();
            open.notes.addAll(group.notes());
            for (Check check : group.checks()) {
                open = open.checks.size() == MOST ? closed(open, documents) : open;
                open.checks.add(check);
            }
        }
        Document rest = closed(open, documents);
        if (!documents.isEmpty()) {
            documents.get(documents.size() - 1).notes.addAll(rest.notes);
        }
        return documents;
    }

    private static Document closed(Document open, List<Document> documents) {
        if (open.checks.isEmpty()) {
            return open;
        }
        documents.add(open);
        return new Document(new ArrayList<>(), new ArrayList<>());
    }
}
