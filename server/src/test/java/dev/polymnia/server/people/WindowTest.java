package dev.polymnia.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When quotas are renewed.
final class WindowTest {
    @ParameterizedTest
    @CsvSource({
        // A day of 23 hours, and one of 25.
        "DAY, Europe/Berlin, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAY, Europe/Berlin, 2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        // A day that has no midnight begins an hour later.
        "DAY, Africa/Cairo, 2026-04-24T12:00:00Z, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z",
        // Hours, days and months begin at half past one elsewhere.
        "HOUR, Asia/Kolkata, 2026-05-05T10:45:00Z, 2026-05-05T10:30:00Z, 2026-05-05T11:30:00Z",
        "MONTH, Asia/Kolkata, 2026-12-31T23:30:00Z, 2026-12-31T18:30:00Z, 2027-01-31T18:30:00Z",
        "MONTH, UTC, 2028-02-29T23:59:59Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        // The hour that comes twice.
        "HOUR, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
        "HOUR, Europe/Berlin, 2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z, 2026-10-25T02:00:00Z",
        // The last day of a month and the first of the next, in a month with a day of 25 hours.
        "MONTH, Europe/Berlin, 2026-10-31T22:59:59Z, 2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z",
        "MONTH, Europe/Berlin, 2026-10-31T23:00:00Z, 2026-10-31T23:00:00Z, 2026-11-30T23:00:00Z",
        // A clock that is put on, and back, by half an hour.
        "HOUR, Australia/Lord_Howe, 2026-10-03T15:45:00Z, 2026-10-03T15:00:00Z,"
                + " 2026-10-03T16:00:00Z",
        "HOUR, Australia/Lord_Howe, 2026-04-04T15:15:00Z, 2026-04-04T14:30:00Z,"
                + " 2026-04-04T15:30:00Z"
    })
    void a_window_is_that_of_a_calendar(
            Window window, ZoneId zone, Instant moment, Instant start, Instant end) {
        assertThat(window.start(moment, zone)).isEqualTo(start);
        assertThat(window.end(moment, zone)).isEqualTo(end);
    }

    @Test
    void windows_follow_each_other_without_a_gap() {
        ZoneId zone = ZoneId.of("America/Sao_Paulo");
        Instant end = Instant.parse("2028-01-01T00:00:00Z");
        for (Window window : Window.values()) {
            Instant moment = Instant.parse("2026-01-01T00:00:00Z");
            while (moment.isBefore(end)) {
                Instant next = window.end(moment, zone);
                assertThat(next).isAfter(moment);
                assertThat(window.start(next, zone)).isEqualTo(next);
                assertThat(window.start(next.minus(Duration.ofMillis(1)), zone))
                        .isEqualTo(window.start(moment, zone));
                moment = next;
            }
        }
    }
}
