package dev.polymnia.eval.run;

import dev.polymnia.eval.SampleResult;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How the files of a run folder are written: the records as they are, one JSON object each.
final class RunJson {
    /// Writes and reads setups, samples and results.
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    .build();

    private RunJson() {}

    /// Reads a finished sample. What was written before there were branch banks does not say that
    /// its agents are of none.
    static SampleResult readResult(String line) {
        JsonNode tree = MAPPER.readTree(line);
        for (JsonNode agent : tree.path("agents")) {
            if (agent instanceof ObjectNode known && !known.has("banked")) {
                known.putNull("banked");
            }
        }
        return MAPPER.treeToValue(tree, SampleResult.class);
    }
}
