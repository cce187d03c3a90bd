package dev.polymnia.models.toolcall;

import dev.polymnia.core.message.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Reads texts as a branch would, and cuts them in parts.
final class Readings {
    static final List<ToolSpec> TOOLS =
            List.of(
                    new ToolSpec(
                            "get_weather",
                            "Tells the weather.",
                            """
                            {"type": "object",
                             "properties": {
                               "city": {"type": "string"},
                               "days": {"type": "integer"},
                               "unit": {"enum": ["C", "F"]},
                               "alerts": {"type": "boolean"},
                               "near": {"anyOf": [{"type": "object"}, {"type": "null"}]}},
                             "required": ["city"]}\
                            """,
                            true),
                    new ToolSpec(
                            "run-code",
                            "Runs code.",
                            """
                            {"type": "object",
                             "properties": {"code": {"$ref": "#/$defs/code"}},
                             "required": ["code"],
                             "$defs": {"code": {"type": "string"}}}\
                            """,
                            false),
                    new ToolSpec("now", "Tells the time.", "{}", true));

    private Readings() {}

    /// What a text was read as. Words that follow each other are joined, because how they come
    /// depends on the parts.
    ///
    /// @param parts words as they are; a call as `name(arguments)#id`
    record Reading(List<String> parts, boolean cutOff) {
        long calls() {
            return parts.stream().filter(Readings::isCall).count();
        }
    }

    static boolean isCall(String part) {
        return part.startsWith(CALL);
    }

    private static final String CALL = "→ ";

    static String call(String id, String name, String arguments) {
        return CALL + name + "(" + arguments + ")#" + id;
    }

    static Reading read(ToolCallFormat format, List<String> parts) {
        ToolCallReader reader = new ToolCallReader(format, TOOLS, format::id);
        List<TurnPart> all = new ArrayList<>();
        for (String part : parts) {
            all.addAll(reader.accept(part));
        }
        TurnEnd end = reader.finish();
        all.addAll(end.parts());
        return new Reading(joined(all), end.cutOff());
    }

    static Reading read(ToolCallFormat format, String text) {
        return read(format, List.of(text));
    }

    static List<String> joined(List<TurnPart> parts) {
        List<String> joined = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (TurnPart part : parts) {
            switch (part) {
                case TurnPart.Words(String text) -> words.append(text);
                case TurnPart.Call(var call) -> {
                    add(joined, words);
                    joined.add(call(call.id(), call.name(), call.arguments()));
                }
            }
        }
        add(joined, words);
        return joined;
    }

    private static void add(List<String> joined, StringBuilder words) {
        if (!words.isEmpty()) {
            joined.add(words.toString());
            words.setLength(0);
        }
    }

    /// Returns the text in two parts, cut everywhere, in single characters, and in parts of seeded
    /// lengths.
    static List<List<String>> cuts(String text) {
        List<List<String>> cuts = new ArrayList<>();
        for (int at = 0; at <= text.length(); at++) {
            cuts.add(List.of(text.substring(0, at), text.substring(at)));
        }
        cuts.add(text.chars().mapToObj(c -> String.valueOf((char) c)).toList());
        for (int seed = 0; seed < 20; seed++) {
            cuts.add(cut(text, new SplittableRandom(seed)));
        }
        return cuts;
    }

    private static List<String> cut(String text, SplittableRandom random) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + random.nextInt(1, 9));
            parts.add(text.substring(at, end));
            at = end;
        }
        return parts;
    }
}
