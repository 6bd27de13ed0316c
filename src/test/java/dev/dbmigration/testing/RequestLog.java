package dev.dbmigration.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Every request the server received, in order of arrival; refused and dropped ones too. */
public final class RequestLog {

    private final List<ApiRequest> requests = new CopyOnWriteArrayList<>();

    void add(ApiRequest request) {
        requests.add(request);
    }

    public List<ApiRequest> all() {
        return List.copyOf(requests);
    }

    public List<ApiRequest> matching(Predicate<ApiRequest> predicate) {
        return requests.stream().filter(predicate).toList();
    }

    public long count(Predicate<ApiRequest> predicate) {
        return requests.stream().filter(predicate).count();
    }

    /** What this client wrote. */
    public List<ApiRequest> writesBy(String userAgent) {
        return matching(request -> request.isWrite() && request.by(userAgent));
    }

    public void clear() {
        requests.clear();
    }
}
