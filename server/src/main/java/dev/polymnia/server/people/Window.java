package dev.polymnia.server.people;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The time in which a quota may be spent: a calendar's hour, day or month in the owner's zone.
public enum Window {
    /// From one full hour to the next.
    HOUR,
    /// From midnight to midnight, which may be 23 or 25 hours.
    DAY,
    /// From the first of a month to the first of the next.
    MONTH;

    /// Returns the word for it in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the window that a word is for; empty if it is for none.
    public static Optional<Window> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /// Returns when the window began in which a moment lies.
    public Instant start(Instant moment, ZoneId zone) {
        return begin(moment.atZone(zone)).toInstant();
    }

    /// Returns when the next one begins.
    public Instant end(Instant moment, ZoneId zone) {
        ZonedDateTime begin = begin(moment.atZone(zone));
        return switch (this) {
            case HOUR -> begin.plusHours(1).toInstant();
            case DAY -> begin.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
            case MONTH -> begin.toLocalDate().plusMonths(1).atStartOfDay(zone).toInstant();
        };
    }

    private ZonedDateTime begin(ZonedDateTime moment) {
        return switch (this) {
            // By the clock as it goes now: where it is put on by half an hour that would otherwise
            // cut an hour in two.
            case HOUR ->
                    moment.toOffsetDateTime()
                            .truncatedTo(ChronoUnit.HOURS)
                            .atZoneSameInstant(moment.getZone());
            case DAY -> moment.toLocalDate().atStartOfDay(moment.getZone());
            case MONTH -> moment.toLocalDate().withDayOfMonth(1).atStartOfDay(moment.getZone());
        };
    }
}
