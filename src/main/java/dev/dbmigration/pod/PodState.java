package dev.dbmigration.pod;

import dev.dbmigration.report.Reason;
import java.time.Instant;

/** What is known of the container of an attempt, and nothing beyond. */
public sealed interface PodState {

    /** Whether what was seen proves that the container has not been started. */
    boolean neverStarted();

    /**
     * It has not been started.
     *
     * @param reason what keeps it, where that is known and time may cure it; else null
     * @param scheduled whether a node has the Pod, so that its kubelet may start it any moment
     * @param confirmed whether that node's kubelet has said so, rather than nothing
     */
    record Waiting(Reason reason, String message, boolean scheduled, boolean confirmed) implements PodState {

        private static final String PAUSE = "ImagePullBackOff: Back-off pulling image \"";

        /** What the kubelet says keeps it. */
        public Waiting(Reason reason, String message, boolean scheduled) {
            this(reason, message, scheduled, scheduled);
        }

        /** Whether it only says that the kubelet pauses before it pulls the image again that {@code words} are about. */
        public boolean pauses(String words) {
            if (message == null || !message.startsWith(PAUSE)) {
                return false;
            }
            int end = message.indexOf('"', PAUSE.length());
            return end > 0 && words.contains(message.substring(PAUSE.length() - 1, end + 1));
        }

        @Override
        public boolean neverStarted() {
            return !scheduled || confirmed;
        }
    }

    /** It has been started, and has not ended as far as is known. */
    record Running(String imageID) implements PodState {
        @Override
        public boolean neverStarted() {
            return false;
        }
    }

    /**
     * It ended, and how was seen.
     *
     * @param termination the kubelet's word: Completed, Error, OOMKilled, StartError, ...
     * @param podReason why the whole Pod was ended: Evicted, whatever word its node had for that, DeadlineExceeded, ...;
     *     else null
     * @param message the termination message as the container left it; else null
     * @param finishedAt by the clock of its node
     */
    record Ended(int exitCode, String termination, String podReason, String message, String imageID, Instant finishedAt)
            implements PodState {

        /** The word in {@code podReason} for a Pod that made way for something else. */
        static final String EVICTED = "Evicted";

        @Override
        public boolean neverStarted() {
            return false;
        }
    }

    /**
     * The Pod came to its end, and how the container ended will never be seen.
     *
     * @param started false where it is proven that the container never ran
     */
    record Lost(Reason reason, String message, boolean started) implements PodState {
        @Override
        public boolean neverStarted() {
            return !started;
        }
    }
}
