package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When what counts in the leaderboard begins.
final class LeaderboardTest {
    @ParameterizedTest
    @CsvSource({
        "DAY, Europe/Berlin, 2026-10-25T22:59:59Z, 2026-10-24T22:00:00Z",
        "WEEK, Europe/Berlin, 2026-10-25T22:59:59Z, 2026-10-18T22:00:00Z",
        "WEEK, Europe/Berlin, 2026-10-25T23:00:00Z, 2026-10-25T23:00:00Z",
        // A week that began in another year, and one where it is Monday already.
        "WEEK, UTC, 2027-01-02T12:00:00Z, 2026-12-28T00:00:00Z",
        "WEEK, Asia/Kolkata, 2026-11-29T18:30:00Z, 2026-11-29T18:30:00Z",
        "MONTH, Asia/Kolkata, 2026-12-31T18:29:59Z, 2026-11-30T18:30:00Z",
        "MONTH, UTC, 2028-02-29T23:59:59Z, 2028-02-01T00:00:00Z"
    })
    void a_time_that_counts_begins_with_a_day(
            Leaderboard.Span span, ZoneId zone, Instant moment, Instant start) {
        assertThat(span.start(moment, zone)).isEqualTo(start);
    }
}
