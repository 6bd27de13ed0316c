package dev.dbmigration.e2e;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What an operator has asked of the API server, by «verb resource», as its own metrics say. */
record ApiCounts(Map<String, Double> counts) {

    private static final Pattern SAMPLE = Pattern.compile(
            "(?m)^dbmigration_api_requests_total\\{code=\"[^\"]*\",resource=\"([^\"]*)\",verb=\"([^\"]*)\"} (\\S+)$");

    private static final String LEASES = "leases";

    /** All of a scrape, whatever was answered. */
    static ApiCounts of(String scrape) {
        Map<String, Double> counts = new TreeMap<>();
        SAMPLE.matcher(scrape)
                .results()
                .forEach(sample -> counts.merge(
                        sample.group(2) + " " + sample.group(1), Double.parseDouble(sample.group(3)), Double::sum));
        return new ApiCounts(counts);
    }

    /** What came since. */
    ApiCounts since(ApiCounts before) {
        Map<String, Double> more = new TreeMap<>();
        counts.forEach((request, count) -> more.put(request, count - before.counts.getOrDefault(request, 0.0)));
        more.values().removeIf(count -> count == 0);
        return new ApiCounts(more);
    }

    /** Without those of the leader's lease. */
    ApiCounts work() {
        return only(false);
    }

    /** Those of the leader's lease alone. */
    ApiCounts leases() {
        return only(true);
    }

    double total() {
        return counts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private ApiCounts only(boolean leases) {
        Map<String, Double> some = new TreeMap<>(counts);
        some.keySet().removeIf(request -> request.endsWith(" " + LEASES) != leases);
        return new ApiCounts(some);
    }
}
