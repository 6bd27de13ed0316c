package dev.dbmigration.runner.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dbmigration.runner.catalogue.Catalogue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the server would run a query, or has run it.
 *
 * @param nodes from the top down; of a query that was run those that were executed
 * @param cost estimated, of the whole, in the planner's unit
 * @param millis how long it ran; null: it was not run
 * @param rows that it returned; null: it was not run
 */
public record QueryPlan(List<PlanNode> nodes, BigDecimal cost, BigDecimal millis, Long rows) {

    /** Asks for the plan of one statement, which is not run. */
    public static QueryPlan estimated(Catalogue catalogue, String sql) throws SQLException {
        return explained(catalogue, "EXPLAIN (VERBOSE, FORMAT JSON) " + sql);
    }

    /** Runs one statement, in the transaction that is open, and asks how that was. */
    public static QueryPlan executed(Catalogue catalogue, String sql) throws SQLException {
        return explained(catalogue, "EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) " + sql);
    }

    private static QueryPlan explained(Catalogue catalogue, String explain) throws SQLException {
        try (Statement statement = catalogue.verbatim();
                ResultSet row = statement.executeQuery(explain)) {
            row.next();
            return parsed(row.getString(1));
        }
    }

    /** Reads what {@code EXPLAIN (VERBOSE, FORMAT JSON)} answers, on 13 to 18. */
    static QueryPlan parsed(String json) throws SQLException {
        try {
            JsonNode explained = new JsonMapper().readTree(json).path(0);
            JsonNode top = explained.path("Plan");
            if (top.isMissingNode()) {
                throw new SQLException("not a query: the server has no plan for the statement");
            }
            List<PlanNode> nodes = new ArrayList<>();
            collect(top, nodes);
            JsonNode time = explained.path("Execution Time");
            boolean ran = !time.isMissingNode();
            return new QueryPlan(
                    nodes,
                    top.path("Total Cost").decimalValue().setScale(2, RoundingMode.HALF_UP),
                    ran ? time.decimalValue().setScale(3, RoundingMode.HALF_UP) : null,
                    ran ? top.path("Actual Rows").asLong() : null);
        } catch (JsonProcessingException e) {
            throw new SQLException("the plan is not JSON", e);
        }
    }

    /** What lies below a node that was never executed was not executed either. */
    private static void collect(JsonNode node, List<PlanNode> nodes) {
        if (node.path("Actual Loops").asLong(1) == 0) {
            return;
        }
        nodes.add(new PlanNode(
                text(node, "Node Type"),
                text(node, "Schema"),
                text(node, "Relation Name"),
                text(node, "Index Name"),
                text(node, "Operation")));
        node.path("Plans").forEach(below -> collect(below, nodes));
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText(null);
    }

    /** For people: cost first, then the nodes. */
    @Override
    public String toString() {
        String ran = millis == null ? "" : ", ran in " + millis + " ms, " + rows + (rows == 1 ? " row" : " rows");
        return "cost " + cost + ran + ": "
                + nodes.stream().map(PlanNode::toString).collect(Collectors.joining(" > "));
    }
}
