package dev.polymnia.eval.log;

import dev.polymnia.eval.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts targets into samples, as text.
final class TargetText {
    private static final int LETTERS = 26;

    private TargetText() {}

    /// Puts `target`, and `choices` where there are some.
    static void put(ObjectNode node, Target target) {
        switch (target) {
            case Target.Answers(List<String> accepted) -> {
                if (accepted.size() == 1) {
                    node.put("target", accepted.getFirst());
                } else {
                    ArrayNode list = node.putArray("target");
                    accepted.forEach(list::add);
                }
            }
            case Target.Choice(List<String> options, int right) -> {
                ArrayNode choices = node.putArray("choices");
                options.forEach(choices::add);
                node.put("target", letter(right));
            }
            case Target.Tests tests -> node.put("target", String.join("\n", tests.hidden()));
            case Target.Instructions(List<Target.Instruction> instructions) ->
                    node.put("target", json(instructions));
        }
    }

    /// Returns the name of an option, counted as Inspect does: `A` to `Z`, then `1`, `2`…
    private static String letter(int index) {
        return index < LETTERS
                ? Character.toString('A' + index)
                : Integer.toString(index - LETTERS + 1);
    }

    private static String json(List<Target.Instruction> instructions) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Target.Instruction instruction : instructions) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", instruction.id());
            entry.put("arguments", new TreeMap<>(instruction.arguments()));
            list.add(entry);
        }
        return Parts.JSON.writeValueAsString(list);
    }
}
