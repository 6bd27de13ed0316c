package dev.dbmigration.quickstart;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has changed in the conditions of a resource since the last look: a status, or the reason for it. */
final class Flips {

    private final Map<String, String> seen = new HashMap<>();

    List<String> news(String resource, List<Condition> conditions) {
        List<String> news = new ArrayList<>();
        for (Condition condition : conditions) {
            String state = condition.getType() + "=" + condition.getStatus();
            String told = state + " " + condition.getReason();
            if (!told.equals(seen.put(resource + "/" + condition.getType(), told))) {
                news.add("%-20s %s: %s".formatted(state, condition.getReason(), condition.getMessage()));
            }
        }
        return news;
    }
}
