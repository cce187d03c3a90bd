package dev.polymnia.models.toolcall;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One call between tags.
///
/// A value may hold anything, tags included, so the call ends only where a parameter's closing tag
/// stands before the call's, white space aside, or where the wrapper's closing tag follows; and a
/// value only where another parameter or the end of the call follows.
final class TagBlock implements Block {
    private enum Place {
        NAME,
        AFTER_NAME,
        VALUE,
        AFTER_PARAMETER,
        AFTER_CALL
    }

    private final Tags tags;
    private final Offer offer;
    private final boolean header;
    private final Prefix prefix;
    private final List<String> known;
    private final StringBuilder tag = new StringBuilder();
    private Place place = Place.NAME;
    private int bodyBegin;
    private int surplus;

    TagBlock(String opener, Tags tags, Offer offer) {
        this.tags = tags;
        this.offer = offer;
        bodyBegin = opener.length();
        header = tags.headers().contains(opener);
        known =
                List.of(
                        tags.parameterOpen(),
                        tags.parameterClose(),
                        tags.callClose(),
                        tags.wrapperClose());
        List<String> steps = new ArrayList<>();
        if (header) {
            steps.addAll(List.of(Prefix.NAME, tags.headerEnd(), tags.wrapperOpen()));
        }
        if (!opener.equals(tags.callOpen())) {
            steps.add(tags.callOpen());
        }
        steps.addAll(List.of(Prefix.NAME, tags.nameEnd()));
        prefix = new Prefix(steps);
    }

    @Override
    public Verdict accept(char next) {
        if (place != Place.NAME) {
            return body(next);
        }
        bodyBegin++;
        Verdict verdict = prefix.accept(next);
        surplus = prefix.surplus();
        if (verdict != Verdict.WHOLE) {
            return verdict;
        }
        place = Place.AFTER_NAME;
        return Verdict.OPEN;
    }

    private Verdict body(char next) {
        if (tag.isEmpty() && next != '<') {
            return Character.isWhitespace(next) ? Verdict.OPEN : other(1);
        }
        if (next == '<' && place != Place.AFTER_NAME) {
            if (!tag.isEmpty()) {
                place = Place.VALUE;
            }
            tag.setLength(0);
        }
        tag.append(next);
        String text = tag.toString();
        if (known.contains(text)) {
            tag.setLength(0);
            return tagged(text);
        }
        if (known.stream().anyMatch(each -> each.startsWith(text))) {
            return Verdict.OPEN;
        }
        return other(tag.length());
    }

    private Verdict tagged(String found) {
        boolean first = place == Place.AFTER_NAME;
        if (found.equals(tags.callClose())) {
            boolean end = first || place == Place.AFTER_PARAMETER;
            surplus = 0;
            place = Place.AFTER_CALL;
            return end ? Verdict.WHOLE : Verdict.OPEN;
        }
        if (found.equals(tags.wrapperClose()) && place == Place.AFTER_CALL) {
            surplus = 0;
            return Verdict.WHOLE;
        }
        if (first && !found.equals(tags.parameterOpen())) {
            return other(found.length());
        }
        place = found.equals(tags.parameterClose()) ? Place.AFTER_PARAMETER : Place.VALUE;
        return Verdict.OPEN;
    }

    private Verdict other(int characters) {
        if (place == Place.AFTER_NAME) {
            surplus = characters;
            return Verdict.LOST;
        }
        tag.setLength(0);
        place = Place.VALUE;
        return Verdict.OPEN;
    }

    @Override
    public int surplus() {
        return surplus;
    }

    @Override
    public boolean isWholeAtEnd() {
        return place == Place.AFTER_CALL;
    }

    @Override
    public boolean isBegun() {
        return !header || place != Place.NAME;
    }

    @Override
    public List<CallText> calls(String text) {
        String name = requireNonNullElse(prefix.name(), "");
        int end = text.lastIndexOf(tags.callClose());
        Map<String, String> values = new LinkedHashMap<>();
        int at = text.indexOf(tags.parameterOpen(), bodyBegin);
        while (at >= 0) {
            at = parameter(text, at + tags.parameterOpen().length(), end, values);
        }
        return List.of(new CallText(null, name, offer.arguments(name, values)));
    }

    /// Reads a parameter from its name on and returns where the next one begins; -1 if none does.
    private int parameter(String text, int begin, int end, Map<String, String> values) {
        int nameEnd = text.indexOf(tags.nameEnd(), begin);
        if (nameEnd < 0 || nameEnd >= end) {
            return -1;
        }
        int valueBegin = nameEnd + tags.nameEnd().length();
        String key = text.substring(begin, nameEnd);
        int close = text.indexOf(tags.parameterClose(), valueBegin);
        while (close >= 0 && close < end) {
            int after = afterSpace(text, close + tags.parameterClose().length());
            boolean more = text.startsWith(tags.parameterOpen(), after);
            if (more || after == end) {
                values.put(key, value(text.substring(valueBegin, close)));
                return more ? after : -1;
            }
            close = text.indexOf(tags.parameterClose(), close + 1);
        }
        values.put(key, value(text.substring(valueBegin, end)));
        return -1;
    }

    private String value(String text) {
        if (!tags.lines()) {
            return text;
        }
        int begin = text.startsWith("\n") ? 1 : 0;
        int end = text.length() > begin && text.endsWith("\n") ? text.length() - 1 : text.length();
        return text.substring(begin, end);
    }

    private static int afterSpace(String text, int begin) {
        int at = begin;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
