package dev.polymnia.agents.answer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates in answers, as ISO 8601. Forms that mean different days in different countries
/// (`03/05/2027`) are left as they are.
final class Dates {
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private static final String MONTH =
            "(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?";

    private static final String WEEKDAY = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?";

    private static final List<Pattern> FORMS =
            List.of(
                    Pattern.compile(
                            WEEKDAY + "(?<year>\\d{4})-(?<number>\\d{1,2})-(?<day>\\d{1,2})"),
                    Pattern.compile(
                            WEEKDAY
                                    + MONTH
                                    + " (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})"),
                    Pattern.compile(
                            WEEKDAY
                                    + "(?<day>\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?"
                                    + MONTH
                                    + ",? (?<year>\\d{4})"));

    private Dates() {}

    static Optional<String> iso(String text) {
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return date(matcher, form.namedGroups().containsKey("number"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> date(Matcher matcher, boolean numeric) {
        int month =
                numeric
                        ? Integer.parseInt(matcher.group("number"))
                        : MONTHS.indexOf(matcher.group("month")) + 1;
        try {
            return Optional.of(
                    LocalDate.of(
                                    Integer.parseInt(matcher.group("year")),
                                    month,
                                    Integer.parseInt(matcher.group("day")))
                            .toString());
        } catch (DateTimeException e) {
            // There is no such day, so it stays the text that it is.
            return Optional.empty();
        }
    }
}
