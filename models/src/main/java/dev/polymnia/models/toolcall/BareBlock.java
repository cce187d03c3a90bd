package dev.polymnia.models.toolcall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// JSON without a marker that says it is a call: an object or a list of objects, alone, after
/// Llama's tag, or in a code fence. It is a call if each object names a tool that is offered and
/// has arguments. As soon as that is impossible it is words, to the end of the JSON or the fence:
/// what stands inside of other JSON or other code is not a call.
final class BareBlock implements Block {
    static final String TAG = "<|python_tag|>";
    static final String FENCE = "```";

    private static final List<String> FIRST_KEYS =
            List.of("name", "type", "function", "id", "arguments", "parameters");

    private enum Place {
        LANGUAGE,
        LEAD,
        BEFORE_KEY,
        KEY,
        JSON,
        BETWEEN,
        OTHER_JSON,
        OTHER_CODE
    }

    private final Set<String> tools;
    private final boolean fenced;
    private final StringBuilder key = new StringBuilder();
    private JsonScan scan = new JsonScan(true);
    private Place place;
    private boolean begun;
    private int ticks;
    private int surplus;

    /// Creates it after the tag, the fence or the bracket that opens it.
    BareBlock(String opener, Set<String> tools) {
        this.tools = tools;
        fenced = opener.equals(FENCE);
        place = fenced ? Place.LANGUAGE : Place.LEAD;
        if (opener.length() == 1) {
            place = Place.BEFORE_KEY;
            scan.accept(opener.charAt(0));
        }
    }

    @Override
    public Verdict accept(char next) {
        return switch (place) {
            case LANGUAGE, LEAD -> lead(next);
            case BEFORE_KEY, KEY, JSON -> json(next);
            case BETWEEN -> between(next);
            case OTHER_JSON -> otherJson(next);
            case OTHER_CODE -> tick(next) ? Verdict.LOST : Verdict.OPEN;
        };
    }

    private Verdict lead(char next) {
        if (Character.isWhitespace(next)) {
            place = Place.LEAD;
            return Verdict.OPEN;
        }
        boolean language = (next >= 'a' && next <= 'z') || next == '_';
        if (place == Place.LANGUAGE && language) {
            return Verdict.OPEN;
        }
        return next == '{' || next == '[' ? beginJson(next) : notACall(next);
    }

    private Verdict beginJson(char next) {
        scan = new JsonScan(true);
        key.setLength(0);
        place = Place.BEFORE_KEY;
        return json(next);
    }

    private Verdict json(char next) {
        boolean inText = scan.isInText();
        JsonScan.State state = scan.accept(next);
        if (state == JsonScan.State.INVALID || !canBeCall(next, inText)) {
            return state == JsonScan.State.INSIDE && !fenced ? otherJson() : ended(next, state);
        }
        if (state == JsonScan.State.INSIDE) {
            return Verdict.OPEN;
        }
        place = Place.BETWEEN;
        return fenced ? Verdict.OPEN : Verdict.WHOLE;
    }

    private Verdict ended(char next, JsonScan.State state) {
        if (state == JsonScan.State.COMPLETE && !fenced) {
            return Verdict.LOST;
        }
        return notACall(next);
    }

    /// Follows the first key of the first object.
    private boolean canBeCall(char next, boolean inText) {
        if (place == Place.JSON) {
            return true;
        }
        if (place == Place.BEFORE_KEY) {
            if (next == '"') {
                place = Place.KEY;
                return true;
            }
            return next == '{' || next == '[' || Character.isWhitespace(next);
        }
        if (next == '"' && inText) {
            place = Place.JSON;
            begun = FIRST_KEYS.contains(key.toString());
            return begun;
        }
        key.append(next);
        String beginning = key.toString();
        return FIRST_KEYS.stream().anyMatch(known -> known.startsWith(beginning));
    }

    private Verdict otherJson() {
        place = Place.OTHER_JSON;
        begun = false;
        return Verdict.WORDS;
    }

    private Verdict otherJson(char next) {
        JsonScan.State state = scan.accept(next);
        // A string with a line break is no string but a stray quote.
        if (state == JsonScan.State.INVALID || (next == '\n' && scan.isInText())) {
            surplus = 1;
            return Verdict.LOST;
        }
        return state == JsonScan.State.COMPLETE ? Verdict.LOST : Verdict.OPEN;
    }

    private Verdict between(char next) {
        if (ticks > 0 || next == '`') {
            if (tick(next)) {
                return Verdict.WHOLE;
            }
            return ticks > 0 ? Verdict.OPEN : notACall(next);
        }
        if (Character.isWhitespace(next) || next == ',' || next == ';') {
            return Verdict.OPEN;
        }
        return next == '{' || next == '[' ? beginJson(next) : notACall(next);
    }

    private Verdict notACall(char next) {
        begun = false;
        if (!fenced) {
            surplus = 1;
            return Verdict.LOST;
        }
        place = Place.OTHER_CODE;
        ticks = 0;
        tick(next);
        return Verdict.WORDS;
    }

    /// Counts the marks of the closing fence; returns whether it is complete.
    private boolean tick(char next) {
        ticks = next == '`' ? ticks + 1 : 0;
        return ticks == FENCE.length();
    }

    @Override
    public int surplus() {
        return surplus;
    }

    @Override
    public boolean isWholeAtEnd() {
        return place == Place.BETWEEN;
    }

    @Override
    public boolean isBegun() {
        return begun;
    }

    @Override
    public List<CallText> calls(String text) {
        List<CallText> calls = new ArrayList<>();
        for (String object : objects(text)) {
            Optional<CallText> call = CallText.ofBare(object);
            if (call.isEmpty() || !tools.contains(call.get().name())) {
                return List.of();
            }
            calls.add(call.get());
        }
        return calls;
    }

    /// Returns the outermost objects; an empty text for anything that stands beside them.
    private static List<String> objects(String text) {
        List<String> objects = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        boolean inText = false;
        for (int at = firstBracket(text); at < text.length(); at++) {
            char c = text.charAt(at);
            if (inText) {
                at += c == '\\' ? 1 : 0;
                inText = c != '"';
                continue;
            }
            inText = c == '"';
            if (c == '{') {
                begin = depth == 0 ? at : begin;
                depth++;
            } else if (c == '}') {
                depth--;
                if (depth == 0) {
                    objects.add(text.substring(begin, at + 1));
                }
            } else if (depth == 0 && !Character.isWhitespace(c) && ",;[]`".indexOf(c) < 0) {
                objects.add("");
            }
        }
        return objects;
    }

    private static int firstBracket(String text) {
        int at = 0;
        while (text.charAt(at) != '{' && text.charAt(at) != '[') {
            at++;
        }
        return at;
    }
}
