package dev.polymnia.remote;

import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIRetryableException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/// How a call failed before there were words.
///
/// @param fault for its courses, if nothing more is tried
/// @param passes whether the same endpoint may take the same call a moment later
/// @param after how long that moment is, if the endpoint told
/// @param untaken whether it is certain that the call costs nothing
record Failure(Fault fault, boolean passes, Optional<Duration> after, boolean untaken) {
    private static final Set<Integer> PASSING = Set.of(408, 409, 429);
    private static final Set<Fault.Code> OF_ENDPOINT =
            Set.of(Fault.Code.UNAVAILABLE, Fault.Code.CORRUPT);

    /// A call that was taken, perhaps, and came to nothing.
    static Failure taken(Fault fault) {
        return new Failure(fault, false, Optional.empty(), false);
    }

    /// Returns whether the endpoint is what failed, rather than that it refuses or has too much to
    /// do.
    boolean isOfEndpoint() {
        return OF_ENDPOINT.contains(fault.code());
    }

    /// Returns whether another endpoint may take the call.
    boolean mayWorkElsewhere() {
        return passes || isOfEndpoint() || fault.code() == Fault.Code.OVERLOADED;
    }

    /// Returns whether the same call may be taken a moment later.
    ///
    /// @param answered whether there were headers of an answer
    static boolean passes(Throwable thrown, boolean answered) {
        return switch (thrown) {
            case SseException _ -> false;
            case OpenAIServiceException refused -> passes(refused);
            case OpenAIIoException _, OpenAIRetryableException _, IOException _ -> !answered;
            default -> false;
        };
    }

    private static boolean passes(OpenAIServiceException refused) {
        return switch (header(refused, "x-should-retry").orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default -> PASSING.contains(refused.statusCode()) || refused.statusCode() >= 500;
        };
    }

    /// Returns how long an endpoint says to wait; empty if it does not.
    static Optional<Duration> after(Throwable thrown) {
        if (!(thrown instanceof OpenAIServiceException refused)) {
            return Optional.empty();
        }
        return header(refused, "retry-after-ms")
                .flatMap(words -> millis(words, 1))
                .or(() ->
                        header(refused, "retry-after")
                                .flatMap(words -> millis(words, 1000).or(() -> until(words))))
                .map(millis -> Duration.ofMillis(Math.max(0, millis)));
    }

    private static Optional<String> header(OpenAIServiceException refused, String name) {
        return refused.headers().values(name).stream().map(String::strip).findFirst();
    }

    private static Optional<Long> millis(String words, int unit) {
        try {
            return Optional.of((long) (unit * Double.parseDouble(words)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> until(String words) {
        try {
            OffsetDateTime then = OffsetDateTime.parse(words, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(
                    Duration.between(OffsetDateTime.now(ZoneOffset.UTC), then).toMillis());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
