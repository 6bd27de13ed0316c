package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.Sql;
import java.util.ArrayList;
import java.util.List;

/** The SQL that stands in a manifest itself, with the line numbers of which the story speaks. */
final class Listing {

    private static final int LONGEST = 12;

    private Listing() {}

    static List<String> of(DatabaseMigration migration) {
        List<String> listing = new ArrayList<>();
        if (migration.getSpec() != null && migration.getSpec().sql() != null) {
            migration.getSpec().sql().sources().stream()
                    .map(Sql.Source::inline)
                    .filter(inline -> inline != null && inline.content() != null)
                    .forEach(inline -> add(listing, inline));
        }
        return listing;
    }

    private static void add(List<String> listing, Sql.Inline file) {
        List<String> lines = file.content().lines().toList();
        listing.add("  " + file.name());
        for (int i = 0; i < Math.min(lines.size(), LONGEST); i++) {
            listing.add("  %4d  %s".formatted(i + 1, lines.get(i)));
        }
        if (lines.size() > LONGEST) {
            listing.add("        ... " + (lines.size() - LONGEST) + " more lines");
        }
    }
}
