package dev.polymnia.app;

import java.io.PrintWriter;
import java.util.Optional;

/// Tells `bench/start-up` when the program reached a point: only if `POLYMNIA_TIMES_SINCE` holds
/// the moment to count from, in milliseconds since 1970.
final class Milestones {
    private static final String SINCE = "POLYMNIA_TIMES_SINCE";

    private Milestones() {}

    static void reached(String point, PrintWriter err) {
        line(point, System.getenv().getOrDefault(SINCE, ""), System.currentTimeMillis())
                .ifPresent(line -> {
                    err.println(line);
                    err.flush();
                });
    }

    static Optional<String> line(String point, String since, long now) {
        return since.matches("\\d{1,18}")
                ? Optional.of("reached %s %d".formatted(point, now - Long.parseLong(since)))
                : Optional.empty();
    }
}
