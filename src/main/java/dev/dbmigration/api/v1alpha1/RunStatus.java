package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * The last run. Times are RFC 3339 in UTC, to the second.
 *
 * @param pod name of the Pod of {@code attempt}; null: that attempt has no Pod that could still run
 * @param retries attempts of this run that counted against {@code retry.limit}
 * @param withdrawing why the Pod of {@code attempt} is being deleted before its container started; null: it is not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunStatus(
        @JsonPropertyDescription("Number of the run, from 1.")
        int number,

        @JsonPropertyDescription("Number of its last attempt, from 1; 0: none yet.")
        int attempt,

        @JsonPropertyDescription("Attempts that counted against retry.limit.")
        int retries,

        @JsonPropertyDescription("Pod of the last attempt.") String pod,

        @JsonPropertyDescription("Digest of the image that ran, as the node reports it.")
        String imageID,

        @JsonPropertyDescription("Digest of what the run applies or checks.")
        String inputsDigest,

        @JsonPropertyDescription("When the run was decided.")
        String startTime,

        @JsonPropertyDescription("When the container of its last attempt ended, or the run was given up.")
        String finishTime,

        @JsonPropertyDescription("From startTime to finishTime.")
        String duration,

        @JsonPropertyDescription("Succeeded, Planned, Failed or Unknown; absent while the run has not ended.")
        String outcome,

        @JsonPropertyDescription("When the next attempt starts.")
        String nextAttemptTime,

        @JsonPropertyDescription("Why the Pod is deleted before its container starts.")
        String withdrawing,

        @JsonPropertyDescription("Exit code of the last attempt's container.")
        Integer exitCode,

        @JsonPropertyDescription("Why it waits, failed or is not known; a stable word.")
        String reason,

        @JsonPropertyDescription("The same in a sentence, with what to do next.")
        String message,

        @JsonPropertyDescription("Last log lines of a container, masked.")
        List<String> logTail) {

    public static final String SUCCEEDED = "Succeeded";
    /** It has looked at everything and changed nothing. */
    public static final String PLANNED = "Planned";

    public static final String FAILED = "Failed";
    public static final String UNKNOWN = "Unknown";

    private static final int LONGEST_MESSAGE = 256;

    public RunStatus {
        logTail = logTail == null ? List.of() : List.copyOf(logTail);
    }

    /** Whether the run has ended. */
    public boolean finished() {
        return finishTime != null;
    }

    /** A builder that starts from this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** A run just decided. */
    public static Builder begin(int number, String startTime) {
        return new Builder(new RunStatus(
                number, 0, 0, null, null, null, startTime, null, null, null, null, null, null, null, null, null));
    }

    /** Changes some fields of a run. */
    public static final class Builder {
        private final int number;
        private int attempt;
        private int retries;
        private String pod;
        private String imageID;
        private String inputsDigest;
        private String startTime;
        private String finishTime;
        private String duration;
        private String outcome;
        private String nextAttemptTime;
        private String withdrawing;
        private Integer exitCode;
        private String reason;
        private String message;
        private List<String> logTail;

        private Builder(RunStatus from) {
            number = from.number;
            attempt = from.attempt;
            retries = from.retries;
            pod = from.pod;
            imageID = from.imageID;
            inputsDigest = from.inputsDigest;
            startTime = from.startTime;
            finishTime = from.finishTime;
            duration = from.duration;
            outcome = from.outcome;
            nextAttemptTime = from.nextAttemptTime;
            withdrawing = from.withdrawing;
            exitCode = from.exitCode;
            reason = from.reason;
            message = from.message;
            logTail = from.logTail;
        }

        /** The attempt and its Pod; a null Pod: the attempt has none that could still run. */
        public Builder attempt(int attempt, String pod) {
            this.attempt = attempt;
            this.pod = pod;
            return this;
        }

        public Builder retries(int retries) {
            this.retries = retries;
            return this;
        }

        public Builder inputsDigest(String inputsDigest) {
            this.inputsDigest = inputsDigest;
            return this;
        }

        public Builder startTime(String startTime) {
            this.startTime = startTime;
            return this;
        }

        public Builder finished(String finishTime, String duration) {
            this.finishTime = finishTime;
            this.duration = duration;
            return this;
        }

        /** One of {@link #SUCCEEDED}, {@link #PLANNED}, {@link #FAILED}, {@link #UNKNOWN}. */
        public Builder outcome(String outcome) {
            this.outcome = outcome;
            return this;
        }

        public Builder nextAttemptTime(String nextAttemptTime) {
            this.nextAttemptTime = nextAttemptTime;
            return this;
        }

        public Builder withdrawing(String withdrawing) {
            this.withdrawing = withdrawing;
            return this;
        }

        /** Why it is as it is; nulls: there is nothing to explain. */
        public Builder because(String reason, String message) {
            this.reason = reason;
            this.message = message == null || message.length() <= LONGEST_MESSAGE
                    ? message
                    : message.substring(0, LONGEST_MESSAGE - 1) + "…";
            return this;
        }

        /** What was seen of the attempt's container. */
        public Builder container(String imageID, Integer exitCode, List<String> logTail) {
            this.imageID = imageID;
            this.exitCode = exitCode;
            this.logTail = logTail;
            return this;
        }

        public RunStatus build() {
            return new RunStatus(
                    number,
                    attempt,
                    retries,
                    pod,
                    imageID,
                    inputsDigest,
                    startTime,
                    finishTime,
                    duration,
                    outcome,
                    nextAttemptTime,
                    withdrawing,
                    exitCode,
                    reason,
                    message,
                    logTail);
        }
    }
}
