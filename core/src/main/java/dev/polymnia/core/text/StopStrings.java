package dev.polymnia.core.text;

import java.util.List;

/// Finds stop strings in text that comes in parts. Holds back the longest end of the text that may
/// be the beginning of a stop string, gives out the rest, and cuts the text before the first hit.
///
/// The first hit is the stop string that is complete first; of several that are complete at the
/// same character, the longest. So the result does not depend on how the text is cut, and no
/// character more than needed is waited for. Not thread-safe.
public final class StopStrings {
    private final List<String> stops;
    private String held = "";
    private boolean hit;

    /// Creates a search.
    ///
    /// @param stops the stop strings, none of them empty; may be an empty list
    public StopStrings(List<String> stops) {
        this.stops = List.copyOf(stops);
        if (this.stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop string is empty");
        }
    }

    /// Takes more text.
    ///
    /// @return what may be told now; may be empty, is empty after a hit
    public String accept(String text) {
        if (hit) {
            return "";
        }
        String all = held + text;
        for (int end = held.length() + 1; end <= all.length(); end++) {
            int longest = longestStopAt(all, end);
            if (longest > 0) {
                hit = true;
                held = "";
                return all.substring(0, end - longest);
            }
        }
        int keep = beginningOfStop(all);
        held = all.substring(all.length() - keep);
        return all.substring(0, all.length() - keep);
    }

    /// Ends the text.
    ///
    /// @return what was held back, because no stop string can come of it any more
    public String finish() {
        String rest = held;
        held = "";
        return rest;
    }

    /// Returns whether a stop string came.
    public boolean hit() {
        return hit;
    }

    private int longestStopAt(String text, int end) {
        int longest = 0;
        for (String stop : stops) {
            if (stop.length() > longest && text.startsWith(stop, end - stop.length())) {
                longest = stop.length();
            }
        }
        return longest;
    }

    private int beginningOfStop(String text) {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, text.length());
                    length > longest;
                    length--) {
                if (text.regionMatches(text.length() - length, stop, 0, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
