package dev.polymnia.eval.ifeval;

import dev.polymnia.eval.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Short ways to check one instruction.
final class Checking {
    private Checking() {}

    static boolean strictly(Target.Instruction instruction, String response) {
        return check(instruction, response).strict().getFirst();
    }

    static boolean loosely(Target.Instruction instruction, String response) {
        return check(instruction, response).loose().getFirst();
    }

    static Verdict check(Target.Instruction instruction, String response) {
        return Instructions.check(new Target.Instructions(List.of(instruction)), response);
    }

    /// Returns an instruction with arguments: name, value, name, value…
    static Target.Instruction instruction(String id, Object... arguments) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            map.put((String) arguments[i], arguments[i + 1]);
        }
        return new Target.Instruction(id, map);
    }
}
