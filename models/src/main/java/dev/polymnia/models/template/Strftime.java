package dev.polymnia.models.template;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// Python's `strftime` in the C locale.
///
/// @param time the time to write
record Strftime(LocalDateTime time) {
    String format(String format) {
        StringBuilder out = new StringBuilder(format.length() + 16);
        for (int at = 0; at < format.length(); at++) {
            char character = format.charAt(at);
            if (character != '%' || at + 1 == format.length()) {
                out.append(character);
                continue;
            }
            char letter = format.charAt(++at);
            boolean flagged = letter == '-' && at + 1 < format.length();
            String field = field(flagged ? format.charAt(++at) : letter);
            out.append(flagged ? unpadded(field) : field);
        }
        return out.toString();
    }

    /// Removes leading zeros, as the flag `-` of the GNU C library does.
    private static String unpadded(String field) {
        return field.replaceFirst("^[0 ]+(?=\\d)", "");
    }

    private String field(char letter) {
        return switch (letter) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> month(3);
            case 'B' -> month(Integer.MAX_VALUE);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'z', 'Z' -> "";
            case 'c' -> format("%a %b %e %H:%M:%S %Y");
            case 'D', 'x' -> format("%m/%d/%y");
            case 'F' -> format("%Y-%m-%d");
            case 'r' -> format("%I:%M:%S %p");
            case 'R' -> format("%H:%M");
            case 'T', 'X' -> format("%H:%M:%S");
            default -> number(letter);
        };
    }

    private String month(int letters) {
        String name = time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return name.substring(0, Math.min(letters, name.length()));
    }

    private String number(char letter) {
        int weekday = time.getDayOfWeek().getValue();
        return switch (letter) {
            case 'd' -> two(time.getDayOfMonth());
            case 'e' -> "%2d".formatted(time.getDayOfMonth());
            case 'f' -> "%06d".formatted(time.get(ChronoField.MICRO_OF_SECOND));
            case 'G' -> "%d".formatted(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> two(time.getHour());
            case 'k' -> "%2d".formatted(time.getHour());
            case 'I' -> two((time.getHour() + 11) % 12 + 1);
            case 'l' -> "%2d".formatted((time.getHour() + 11) % 12 + 1);
            case 'j' -> "%03d".formatted(time.getDayOfYear());
            case 'm' -> two(time.getMonthValue());
            case 'M' -> two(time.getMinute());
            case 'S' -> two(time.getSecond());
            case 'u' -> Integer.toString(weekday);
            case 'w' -> Integer.toString(weekday % 7);
            case 'U' -> two((time.getDayOfYear() + 6 - weekday % 7) / 7);
            case 'W' -> two((time.getDayOfYear() + 6 - (weekday - 1)) / 7);
            case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'C' -> two(time.getYear() / 100);
            case 'y' -> two(time.getYear() % 100);
            case 'Y' -> Integer.toString(time.getYear());
            default -> throw Problem.unsupported("the time format '%" + letter + "'");
        };
    }

    private static String two(int number) {
        return "%02d".formatted(number);
    }
}
