package dev.polymnia.eval.score;

import dev.polymnia.core.message.Message;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.Arguments;

/// What the tests of scorers share: tables as text and samples.
final class Rows {
    private Rows() {}

    /// Reads lines of the form `input => expected`; a ⏎ in it is a line break.
    static List<Arguments> of(String table) {
        List<Arguments> rows = new ArrayList<>();
        for (String line : table.lines().toList()) {
            int arrow = line.lastIndexOf("=>");
            rows.add(Arguments.of(text(line.substring(0, arrow)), text(line.substring(arrow + 2))));
        }
        return rows;
    }

    /// Reads lines of the form `target | answer => right`, or `wrong`.
    static List<Arguments> verdicts(String table) {
        List<Arguments> rows = new ArrayList<>();
        for (String line : table.lines().toList()) {
            int bar = line.indexOf(" |");
            int arrow = line.lastIndexOf("=>");
            rows.add(
                    Arguments.of(
                            text(line.substring(0, bar)),
                            text(line.substring(bar + 2, arrow)),
                            line.substring(arrow + 2).strip().equals("right")));
        }
        return rows;
    }

    private static String text(String cell) {
        return cell.strip().replace('⏎', '\n');
    }

    static Sample sample(Target target) {
        String question = "What is it?";
        return new Sample("s1", List.of(Message.user(question)), question, target, Map.of());
    }

    static Sample answer(String accepted) {
        return sample(new Target.Answers(List.of(accepted)));
    }
}
