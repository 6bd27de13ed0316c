package dev.dbmigration.runner.plan;

/** Which relation a transaction was the first to lock against everybody, to tell when a second one follows. */
final class Locked {

    private Relation first;
    private String place;
    private boolean told;

    /** The next transaction. */
    void clear() {
        first = null;
        told = false;
    }

    /** Which one is locked already and where, when this is the second; null: it is not, or that was told. */
    String add(Relation relation, String where) {
        if (first == null) {
            first = relation;
            place = where;
        }
        if (told || first.oid() == relation.oid()) {
            return null;
        }
        told = true;
        return "the first is " + first.described() + " (" + place + ")";
    }
}
