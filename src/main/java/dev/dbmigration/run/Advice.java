package dev.dbmigration.run;

import dev.dbmigration.report.Reason;
import java.util.Map;

/** What a person can do about a Pod that does not come to start, said behind what was seen. */
public final class Advice {

    /** Leaves room for a few words around it, within the bound of {@code status.run.message}. */
    private static final int LONGEST = 200;

    private static final Map<Reason, String> BY_REASON = Map.of(
            Reason.SourceNotFound, "provide it, or correct its name",
            Reason.SecretNotFound, "provide it, or correct its name",
            Reason.ImagePullFailed, "correct the image, push it, or set pod.imagePullSecrets",
            Reason.ContainerConfigError, "correct container or pod",
            Reason.Unschedulable, "lower the requests, loosen pod.nodeSelector, or add nodes",
            Reason.PodRejected, "change pod, or what refuses it",
            Reason.PodEvicted, "find out who or what ends Pods there");

    private Advice() {}

    /**
     * A sentence of what was seen and what to do.
     *
     * @param words what was seen; where it is too long, its middle is left out, since the cause often stands at its end
     */
    public static String on(Reason reason, String words) {
        String advice = BY_REASON.get(reason);
        return advice == null ? words : shortened(words, LONGEST - advice.length() - 2) + "; " + advice;
    }

    private static String shortened(String words, int most) {
        if (words.length() <= most) {
            return words;
        }
        int head = most / 2;
        return words.substring(0, head) + "…" + words.substring(words.length() - (most - head - 1));
    }
}
