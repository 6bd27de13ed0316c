package dev.dbmigration.runner.verify;

import dev.dbmigration.check.PlanCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.explain.PlanNode;
import dev.dbmigration.runner.explain.QueryPlan;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.value.OneQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the server plans a query of the user's that only reads. */
record PlanProbe(PlanCheck check) implements Probe {

    private static final String NOT_READING = "not a query that only reads: ";

    /** The class of what is no valid statement there, and of what is not permitted. */
    private static final String NOT_ALLOWED = "42";

    private static final String UNDEFINED_TABLE = "42P01";
    private static final Pattern RELATION = Pattern.compile("relation \"(?:([^\".]+)\\.)?([^\"]+)\"");

    @Override
    public String expected() {
        List<String> words = new ArrayList<>();
        if (check.usesIndex() != null) {
            words.add("index " + check.usesIndex());
        }
        if (check.noSeqScanOn() != null) {
            words.add(PlanJudgement.without(check.noSeqScanOn()));
        }
        if (check.maxCost() != null) {
            words.add(atMost());
        }
        return String.join(", ", words);
    }

    private String atMost() {
        return "cost at most " + check.maxCost();
    }

    @Override
    public String statement() {
        return check.sql();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        OneQuery.require(catalogue, check.sql());
        QueryPlan estimated = estimated(catalogue);
        refuseWriting(catalogue, estimated);
        QueryPlan plan = check.runs() ? QueryPlan.executed(catalogue, check.sql()) : estimated;
        return Footnote.under(parts(catalogue, plan), "; plan: " + plan);
    }

    /** Of a relation that is not there, what may have been meant is looked for behind the error. */
    private QueryPlan estimated(Catalogue catalogue) throws SQLException {
        run(catalogue, "SAVEPOINT dbmigration_plan");
        try {
            return QueryPlan.estimated(catalogue, check.sql());
        } catch (SQLException e) {
            Matcher relation = RELATION.matcher(String.valueOf(e.getMessage()));
            if (!UNDEFINED_TABLE.equals(e.getSQLState()) || !relation.find()) {
                throw e;
            }
            run(catalogue, "ROLLBACK TO SAVEPOINT dbmigration_plan");
            ObjectName name = new ObjectName(ObjectKind.TABLE, relation.group(1), relation.group(2));
            String hint = name.missingWithHint(catalogue);
            throw new SQLException(Judged.words(e, check.sql()) + " (" + hint + ")", e);
        }
    }

    /**
     * EXPLAIN plans what writes too, also in a read-only transaction, and of SELECT INTO its plan shows nothing. A
     * cursor is opened for what only reads alone; nothing is fetched from it.
     */
    private void refuseWriting(Catalogue catalogue, QueryPlan plan) throws SQLException {
        for (PlanNode node : plan.nodes()) {
            if (node.writes()) {
                throw new SQLException(NOT_READING + node.operation() + " on " + node.relation());
            }
        }
        try {
            run(catalogue, "DECLARE dbmigration_plan NO SCROLL CURSOR FOR " + check.sql());
        } catch (SQLException e) {
            boolean refused = e.getSQLState() != null && e.getSQLState().startsWith(NOT_ALLOWED);
            throw refused ? new SQLException(NOT_READING + Judged.words(e, check.sql()), e) : e;
        }
    }

    private static void run(Catalogue catalogue, String sql) throws SQLException {
        try (Statement statement = catalogue.verbatim()) {
            statement.execute(sql);
        }
    }

    private List<Part> parts(Catalogue catalogue, QueryPlan plan) throws SQLException {
        PlanJudgement judgement = new PlanJudgement(plan);
        List<Part> parts = new ArrayList<>();
        if (check.usesIndex() != null) {
            parts.add(judgement.uses(catalogue, check.usesIndex()));
        }
        if (check.noSeqScanOn() != null) {
            parts.add(judgement.notRead(catalogue, check.noSeqScanOn()));
        }
        if (check.maxCost() != null) {
            parts.add(judgement.cheap(check.maxCost(), atMost()));
        }
        return parts;
    }
}
