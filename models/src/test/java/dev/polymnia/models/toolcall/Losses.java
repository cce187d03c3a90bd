package dev.polymnia.models.toolcall;

import dev.polymnia.models.toolcall.Readings.Reading;
import java.util.ArrayList;
import java.util.List;

/// Looks for what a reader lost: each character of a text must stand in the words, in their order,
/// or in a gap between them from which calls were read. Without a call a gap is white space; with
/// calls it begins with what opens a call, has their names, and ends with what closes one.
final class Losses {
    private final List<String> openers;
    private final List<String> closers;
    private final String text;
    private final List<String> parts;

    private Losses(ToolCallFormat format, String text, List<String> parts) {
        Syntax syntax = Syntax.of(format, new Offer(Readings.TOOLS));
        openers = new ArrayList<>(syntax.openers());
        openers.addAll(syntax.nextOpeners());
        openers.addAll(syntax.links());
        closers = new ArrayList<>(syntax.links());
        closers.addAll(List.of("}", "]", "`", ">", "\"", ",", ";", ":"));
        closers.addAll(format.markers());
        this.text = text;
        this.parts = parts;
    }

    /// Returns whether nothing was lost.
    static boolean none(ToolCallFormat format, String text, Reading reading) {
        return new Losses(format, text, reading.parts()).fits(0, 0);
    }

    /// Returns whether the parts from one on make up the text from a place on.
    private boolean fits(int at, int from) {
        int words = from;
        while (words < parts.size() && Readings.isCall(parts.get(words))) {
            words++;
        }
        List<String> calls = parts.subList(from, words);
        if (words == parts.size()) {
            return isGap(text.substring(at), calls, true);
        }
        String part = parts.get(words);
        int found = text.indexOf(part, at);
        while (found >= 0) {
            if (isGap(text.substring(at, found), calls, false)
                    && fits(found + part.length(), words + 1)) {
                return true;
            }
            found = text.indexOf(part, found + 1);
        }
        return false;
    }

    private boolean isGap(String between, List<String> calls, boolean last) {
        String gap = between.strip();
        if (calls.isEmpty()) {
            return gap.isEmpty();
        }
        if (openers.stream().noneMatch(gap::startsWith)) {
            return false;
        }
        int at = 0;
        for (String call : calls) {
            String name = call.substring(2, call.indexOf('('));
            at = gap.indexOf(name, at);
            if (at < 0) {
                return false;
            }
            at += name.length();
        }
        String tail = gap.substring(Math.max(at, gap.length() - 60));
        // A damaged value reaches to the end of its block; a link may be cut off.
        String call = calls.getLast();
        String end = gap.substring(gap.length() - 1);
        boolean damaged =
                call.endsWith(end) || call.substring(0, call.lastIndexOf(")#")).endsWith(end);
        return closers.stream().anyMatch(gap::endsWith)
                || (last && closers.stream().anyMatch(each -> isCutOff(tail, each)))
                || damaged;
    }

    private static boolean isCutOff(String tail, String closer) {
        for (int length = 1; length < closer.length(); length++) {
            if (tail.endsWith(closer.substring(0, length))) {
                return true;
            }
        }
        return false;
    }
}
