package dev.polymnia.eval.log;

import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Makes `Score`s. Right and wrong are Inspect's letters, so that its own metrics read them.
final class Scores {
    private static final String RIGHT = "C";
    private static final String WRONG = "I";

    private Scores() {}

    /// Returns the score of a sample; one that failed is wrong.
    static ObjectNode of(SampleResult result) {
        return result.score()
                .map(Scores::scored)
                .orElseGet(() ->
                        Parts.object()
                                .put("value", WRONG)
                                .put(
                                        "explanation",
                                        "There is no answer. "
                                                + result.failure().map(Parts::words).orElse("")));
    }

    private static ObjectNode scored(Score score) {
        ObjectNode node = Parts.object();
        if (score.right()) {
            node.put("value", RIGHT);
        } else if (score.value() == 0) {
            node.put("value", WRONG);
        } else {
            node.put("value", score.value());
        }
        if (!score.answer().isEmpty()) {
            node.put("answer", score.answer());
        }
        if (!score.explanation().isEmpty()) {
            node.put("explanation", score.explanation());
        }
        if (!score.parts().isEmpty()) {
            ObjectNode parts = node.putObject("metadata").putObject("parts");
            for (Map.Entry<String, Double> part : new TreeMap<>(score.parts()).entrySet()) {
                Parts.putNumber(parts, part.getKey(), part.getValue());
            }
        }
        return node;
    }
}
