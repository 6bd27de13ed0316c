package dev.dbmigration.runner.script;

import java.util.ArrayList;
import java.util.List;

/** Queries beside those that psql sent; what is only white space and comments before a statement is forgiven. */
final class Comparison {

    private Comparison() {}

    /** The first difference, for a person; null where there is none. */
    static String difference(List<String> ours, List<String> psqls) {
        List<String> left = said(ours);
        List<String> right = new ArrayList<>(said(psqls));
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).equals(LikePsql.COPY_OF_A_COMMAND)) {
                boolean made = i < right.size() && right.get(i).startsWith("COPY ");
                right.add(i, left.get(i));
                if (made) {
                    right.remove(i + 1);
                }
            }
        }
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String a = i < left.size() ? left.get(i) : "nothing";
            String b = i < right.size() ? right.get(i) : "nothing";
            if (!a.equals(b)) {
                return "query %d%n--- ours%n%s%n--- psql's%n%s%n".formatted(i + 1, a, b);
            }
        }
        return null;
    }

    /** Without those that say nothing. */
    static List<String> said(List<String> queries) {
        return queries.stream()
                .map(Comparison::withoutLead)
                .filter(query -> !query.isEmpty() && !query.equals(";"))
                .toList();
    }

    private static String withoutLead(String query) {
        int i = 0;
        int before = -1;
        while (i != before) {
            before = i;
            while (i < query.length() && Characters.blank(query.charAt(i))) {
                i++;
            }
            if (query.startsWith("--", i)) {
                int end = query.indexOf('\n', i);
                i = end < 0 ? query.length() : end;
            } else if (query.startsWith("/*", i)) {
                int end = Quotes.endOfBlockComment(query, i);
                i = end < 0 ? query.length() : end;
            }
        }
        return query.substring(i);
    }
}
