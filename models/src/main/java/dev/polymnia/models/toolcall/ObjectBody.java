package dev.polymnia.models.toolcall;

import java.util.List;

/// The JSON object of a block, up to the marker that closes the block.
///
/// A closing marker in a string is a part of the string as long as the text can be JSON. Once it
/// cannot, the object is broken: then the first closing marker ends it, or the first opening one.
/// After a whole object, white space and what models are known to scatter there is passed over; if
/// something else follows, the closing marker was forgotten.
final class ObjectBody {
    private static final int LONGEST_MARKER = 32;

    private enum Place {
        OBJECT,
        AFTER,
        BROKEN
    }

    private final String close;
    private final List<String> openers;
    private final JsonScan scan;
    private final StringBuilder recent = new StringBuilder();
    private Place place = Place.OBJECT;
    private int length;
    private int end;
    private int matched;
    private int surplus;

    /// Creates it before the bracket.
    ///
    /// @param close the closing marker; empty if the format has none
    /// @param openers the markers that open a block
    ObjectBody(String close, List<String> openers) {
        this.close = close;
        this.openers = openers;
        scan = new JsonScan(close.isEmpty());
    }

    Verdict accept(char next) {
        length++;
        // A marker may begin with characters that could still be JSON.
        recent.append(next);
        if (recent.length() > 2 * LONGEST_MARKER) {
            recent.delete(0, LONGEST_MARKER);
        }
        return switch (place) {
            case OBJECT -> object(next);
            case AFTER -> after(next);
            case BROKEN -> broken();
        };
    }

    private Verdict object(char next) {
        return switch (scan.accept(next)) {
            case INSIDE -> Verdict.OPEN;
            case COMPLETE -> {
                place = Place.AFTER;
                end = length;
                yield close.isEmpty() ? Verdict.WHOLE : Verdict.OPEN;
            }
            case INVALID -> {
                place = Place.BROKEN;
                yield broken();
            }
        };
    }

    private Verdict after(char next) {
        if (close.charAt(matched) == next) {
            matched++;
            return matched == close.length() ? Verdict.WHOLE : Verdict.OPEN;
        }
        if (matched == 0 && (Character.isWhitespace(next) || "}]`".indexOf(next) >= 0)) {
            return Verdict.OPEN;
        }
        surplus = matched + 1;
        return Verdict.WHOLE;
    }

    private Verdict broken() {
        if (!close.isEmpty() && endsWith(close)) {
            end = length - close.length();
            return Verdict.WHOLE;
        }
        for (String opener : openers) {
            if (endsWith(opener)) {
                surplus = opener.length();
                end = length - surplus;
                return Verdict.WHOLE;
            }
        }
        return Verdict.OPEN;
    }

    private boolean endsWith(String marker) {
        int from = recent.length() - marker.length();
        return from >= 0 && recent.indexOf(marker, from) == from;
    }

    int surplus() {
        return surplus;
    }

    boolean isWholeAtEnd() {
        return place == Place.AFTER || (place == Place.BROKEN && close.isEmpty());
    }

    /// Returns how many characters the object has, once it is whole.
    int end() {
        return end > 0 ? end : length;
    }

    boolean isBroken() {
        return place == Place.BROKEN;
    }
}
