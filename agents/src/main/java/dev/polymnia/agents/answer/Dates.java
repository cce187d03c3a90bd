package dev.polymnia.agents.answer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads dates and times of day and writes them as ISO 8601 does. A date whose day and month cannot
/// be told apart (3/4/2024) is not read. A time without "am" or "pm" is one of 24 hours.
final class Dates {
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final String MONTH =
            "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
                    + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
    private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
    private static final Pattern WEEKDAY =
            Pattern.compile("^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day),? (?=.*\\d)");
    private static final Pattern ISO = Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("(?:the )?" + MONTH + " (?:the )?" + DAY + "(?:,? (\\d{4}))?");
    private static final Pattern DAY_FIRST =
            Pattern.compile("(?:the )?" + DAY + " (?:of )?" + MONTH + "(?:,? (\\d{4}))?");
    private static final Pattern NO_DAY = Pattern.compile(MONTH + ",?(?: of)? (\\d{4})");
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})");
    private static final Pattern YEARLESS = Pattern.compile("--\\d{2}-\\d{2}");
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))? ?([ap])\\.? ?m\\.?");
    private static final Pattern CLOCK =
            Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?: ?(?:h|hrs|hours))?");
    private static final Pattern NOON = Pattern.compile("(?:12 )?(?:noon|(midnight))");
    private static final Pattern PREPOSITION = Pattern.compile("^(?:at|on) ");

    private Dates() {}

    /// Returns the ISO form: `2024-03-05`, `2024-03`, `--03-05` or `15:45`; empty if the text is
    /// something else.
    ///
    /// @param text in small letters, one line
    static Optional<String> canonical(String text) {
        if (text.length() > 40) {
            return Optional.empty();
        }
        if (YEARLESS.matcher(text).matches()) {
            return Optional.of(text);
        }
        String plain = PREPOSITION.matcher(text).replaceFirst("");
        String date = WEEKDAY.matcher(plain).replaceFirst("");
        try {
            return time(date).or(() -> clock(date)).or(() -> numeric(date)).or(() -> named(date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> time(String text) {
        Matcher match = TIME.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(match.group(1));
        int minute = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
        boolean afternoon = match.group(3).equals("p");
        boolean twice = afternoon && hour > 12 && hour < 24;
        if (hour < 1 || (hour > 12 && !twice) || minute > 59) {
            return Optional.empty();
        }
        int shift = afternoon ? 12 : 0;
        return Optional.of("%02d:%02d".formatted(hour % 12 + shift, minute));
    }

    private static Optional<String> clock(String text) {
        Matcher noon = NOON.matcher(text);
        if (noon.matches()) {
            return Optional.of(noon.group(1) == null ? "12:00" : "00:00");
        }
        Matcher match = CLOCK.matcher(text);
        if (!match.matches() || number(match, 1) > 23 || number(match, 2) > 59) {
            return Optional.empty();
        }
        String time = "%02d:%02d".formatted(number(match, 1), number(match, 2));
        String seconds = match.group(3);
        return Optional.of(seconds == null || seconds.equals("00") ? time : time + ":" + seconds);
    }

    private static Optional<String> numeric(String text) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return Optional.of(day(number(iso, 1), number(iso, 2), number(iso, 3)));
        }
        Matcher match = NUMBERS.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        int one = number(match, 1);
        int two = number(match, 2);
        if (one > 12 && two <= 12) {
            return Optional.of(day(number(match, 3), two, one));
        }
        return (two > 12 && one <= 12) || one == two
                ? Optional.of(day(number(match, 3), one, two))
                : Optional.empty();
    }

    private static Optional<String> named(String text) {
        Matcher first = MONTH_FIRST.matcher(text);
        if (first.matches()) {
            return Optional.of(
                    named(first.group(1), first.group(2), Optional.ofNullable(first.group(3))));
        }
        Matcher second = DAY_FIRST.matcher(text);
        if (second.matches()) {
            return Optional.of(
                    named(second.group(2), second.group(1), Optional.ofNullable(second.group(3))));
        }
        Matcher month = NO_DAY.matcher(text);
        return month.matches()
                ? Optional.of(YearMonth.of(number(month, 2), monthOf(month.group(1))).toString())
                : Optional.empty();
    }

    private static String named(String month, String day, Optional<String> year) {
        int number = monthOf(month);
        return year.map(value -> day(Integer.parseInt(value), number, Integer.parseInt(day)))
                .orElseGet(() -> MonthDay.of(number, Integer.parseInt(day)).toString());
    }

    private static String day(int year, int month, int day) {
        return LocalDate.of(year, month, day).toString();
    }

    private static int monthOf(String name) {
        return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }
}
