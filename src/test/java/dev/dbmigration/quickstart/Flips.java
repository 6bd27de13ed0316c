package dev.dbmigration.quickstart;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has changed in the conditions of a resource since the last look: a status, or the reason for it. */
final class Flips {

    private final Map<String, String> seen = new HashMap<>();

    /** A line for each reason, with all conditions that changed for it. */
    List<String> news(String resource, List<Condition> conditions) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            String state = condition.getType() + "=" + condition.getStatus();
            String told = state + " " + condition.getReason();
            if (!told.equals(seen.put(resource + "/" + condition.getType(), told))) {
                changed.computeIfAbsent(reason(condition), fresh -> new ArrayList<>())
                        .add(state);
            }
        }
        List<String> news = new ArrayList<>();
        changed.forEach((reason, states) -> news.add(String.join(" ", states) + "  " + reason));
        return news;
    }

    private static String reason(Condition condition) {
        return condition.getReason() + ": " + condition.getMessage();
    }
}
