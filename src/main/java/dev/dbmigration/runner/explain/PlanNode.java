package dev.dbmigration.runner.explain;

/**
 * One node of a plan, as EXPLAIN names it.
 *
 * @param type such as {@code Index Scan}
 * @param schema of the relation; null where there is none, and for a Bitmap Index Scan
 * @param relation table that it reads or writes; null: none
 * @param index index that it uses; null: none
 * @param operation of a node that writes, such as {@code Delete}, and {@code Select} of a foreign scan; null elsewhere
 */
public record PlanNode(String type, String schema, String relation, String index, String operation) {

    /** Whether it reads its relation as a whole. */
    public boolean isSequentialScan() {
        return type.equals("Seq Scan");
    }

    /** Whether it changes rows, were it run. */
    public boolean writes() {
        return operation != null && !operation.equals("Select");
    }

    /** For people: {@code Index Scan using notes_pkey on notes}. */
    @Override
    public String toString() {
        return type + (index == null ? "" : " using " + index) + (relation == null ? "" : " on " + relation);
    }
}
