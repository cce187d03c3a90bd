package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Answers that are kept to schemas and grammars, with real weights and a real vocabulary.
final class LlamaAnswerTest {
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Prompt QUESTION =
            Prompt.of(Message.user("Describe a red apple and a small dog as JSON."));
    private static final List<String> KINDS =
            List.of(
                    """
                    {"type": "object", "properties": {"name": {"type": "string"},
                     "legs": {"type": "integer", "minimum": 0, "maximum": 8},
                     "tame": {"type": "boolean"}},
                     "required": ["name", "legs", "tame"], "additionalProperties": false}\
                    """,
                    """
                    {"type": "array", "minItems": 2, "maxItems": 3,
                     "items": {"enum": ["red", "green", "blue"]}}\
                    """,
                    """
                    {"anyOf": [{"type": "null"}, {"type": "number"}]}\
                    """,
                    """
                    {"type": "string", "pattern": "^[A-Z][a-z]{2,9}$"}\
                    """,
                    """
                    {"type": "object", "properties": {"day": {"type": "string", "format": "date"},
                     "tags": {"type": "array", "items": {"type": "string", "maxLength": 8},
                     "maxItems": 2}}, "required": ["day", "tags"],
                     "additionalProperties": false}\
                    """,
                    """
                    {"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object",
                     "properties": {"leaf": {"type": "boolean"}, "left":
                     {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/tree"}]}},
                     "required": ["leaf", "left"], "additionalProperties": false}}}\
                    """);

    private final LlamaModel model = TestModel.model();

    @Test
    void what_ended_by_itself_meets_its_schema() {
        int ended = 0;
        List<BranchResult> results = new ArrayList<>();
        try (Trunk trunk = model.open(QUESTION)) {
            List<Branch> branches = new ArrayList<>();
            for (int i = 0; i < 3 * KINDS.size(); i++) {
                branches.add(
                        trunk.fork(
                                request(new Constraint.JsonSchema(KINDS.get(i % KINDS.size())), i),
                                BranchListener.NONE));
            }
            branches.forEach(branch -> results.add(branch.await()));
        }
        for (int i = 0; i < results.size(); i++) {
            BranchResult result = results.get(i);
            assertThat(result.reason()).isIn(StopReason.END, StopReason.LENGTH);
            if (result.reason() == StopReason.END) {
                ended++;
                String schema = KINDS.get(i % KINDS.size());
                assertThat(
                                SCHEMAS.getSchema(schema, InputFormat.JSON)
                                        .validate(result.message().text(), InputFormat.JSON))
                        .as(result.message().text())
                        .isEmpty();
            }
        }
        assertThat(ended).isGreaterThan(results.size() / 2);
    }

    @Test
    void what_was_cut_off_says_so() {
        BranchResult result =
                model.generate(
                        new BranchRequest(
                                QUESTION,
                                GenerationOptions.DEFAULT
                                        .withMaxTokens(3)
                                        .withConstraint(
                                                new Constraint.JsonSchema(KINDS.getFirst()))),
                        BranchListener.NONE);

        assertThat(result.reason()).isEqualTo(StopReason.LENGTH);
        assertThat(result.reason().isCutOff()).isTrue();
    }

    @Test
    void an_answer_may_be_begun() {
        BranchResult result =
                model.generate(
                        new BranchRequest(
                                QUESTION.withBeginning("[\"green\","),
                                GenerationOptions.DEFAULT
                                        .withMaxTokens(40)
                                        .withConstraint(new Constraint.JsonSchema(KINDS.get(1)))),
                        BranchListener.NONE);

        assertThat(result.reason()).isEqualTo(StopReason.END);
        assertThat(result.message().text()).startsWith("[\"green\",").endsWith("]");
    }

    @Test
    void a_constraint_that_cannot_be_read_is_refused_with_its_place_and_others_go_on() {
        try (Trunk trunk = model.open(QUESTION);
                Branch other = trunk.fork(request(Constraint.NONE, 1), BranchListener.NONE)) {
            assertThatThrownBy(() ->
                            trunk.fork(
                                    request(
                                            new Constraint.JsonSchema(
                                                    "{\"type\": \"object\", \"unknown\": 1}"),
                                            1),
                                    BranchListener.NONE))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> {
                                assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
                                assertThat(fault.getMessage()).contains("/unknown");
                            });
            assertThatThrownBy(() ->
                            trunk.fork(
                                    request(new Constraint.Grammar("root ::= root"), 1),
                                    BranchListener.NONE))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
            assertThat(other.await().usage().generated()).isPositive();
        }
    }

    private static BranchRequest request(Constraint constraint, long seed) {
        return new BranchRequest(
                QUESTION,
                GenerationOptions.DEFAULT
                        .withMaxTokens(64)
                        .withSampling(new Sampling(0.8, 0, 0.95, 0, 1))
                        .withSeed(seed)
                        .withConstraint(constraint));
    }
}
