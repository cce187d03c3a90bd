package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.message.Message;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What requests are made of checks and copies what it is given.
final class RequestValuesTest {
    private static final GenerationOptions OPTIONS = GenerationOptions.DEFAULT;

    @Test
    void options_refuse_what_no_model_can_do() {
        assertRefused(() -> OPTIONS.withMaxTokens(0), "at most 0 tokens; choose 1 or more");
        assertRefused(() -> OPTIONS.withStops(List.of("a", "")), "a stop string is empty");
        for (double bias : List.of(100.5, -101.0, Double.NaN, Double.NEGATIVE_INFINITY)) {
            assertRefused(() -> OPTIONS.withLogitBias(Map.of(7, bias)), "a bias of " + bias);
        }
        assertRefused(() -> OPTIONS.withLogitBias(Map.of(-1, 1.0)), "token -1; choose");
        assertThat(OPTIONS.withLogitBias(Map.of(0, -100.0, 9, 100.0)).logitBias()).hasSize(2);
    }

    @Test
    void options_keep_copies() {
        List<String> stops = new ArrayList<>(List.of("END"));
        Map<Integer, Double> bias = new HashMap<>(Map.of(7, 1.0));
        GenerationOptions options = OPTIONS.withStops(stops).withLogitBias(bias);
        stops.clear();
        bias.clear();

        assertThat(options.stops()).containsExactly("END");
        assertThat(options.logitBias()).containsExactly(Map.entry(7, 1.0));
    }

    @Test
    void each_change_changes_one_thing() throws ReflectiveOperationException {
        Map<String, UnaryOperator<GenerationOptions>> changes = new LinkedHashMap<>();
        changes.put("sampling", each -> each.withSampling(new Sampling(1, 0, 1, 0, 1)));
        changes.put("seed", each -> each.withSeed(5));
        changes.put("maxTokens", each -> each.withMaxTokens(5));
        changes.put("stops", each -> each.withStops(List.of("END")));
        changes.put("detail", each -> each.withDetail(Detail.LOG_PROBABILITIES));
        changes.put("meter", each -> each.withMeter(new Spent()));
        changes.put("cancellation", each -> each.withCancellation(new Cancellation()));
        changes.put("priority", each -> each.withPriority(Priority.BACKGROUND));
        changes.put("constraint", each -> each.withConstraint(new Constraint.JsonSchema("{}")));
        changes.put("toolChoice", each -> each.withToolChoice(ToolChoice.NONE));
        changes.put("logitBias", each -> each.withLogitBias(Map.of(7, 1.0)));
        changes.put("stopHook", each -> each.withStopHook(token -> true));

        for (RecordComponent changed : GenerationOptions.class.getRecordComponents()) {
            GenerationOptions after =
                    requireNonNull(changes.get(changed.getName()), changed.getName())
                            .apply(OPTIONS);
            for (RecordComponent each : GenerationOptions.class.getRecordComponents()) {
                assertThat(
                                each.getAccessor()
                                        .invoke(after)
                                        .equals(each.getAccessor().invoke(OPTIONS)))
                        .as("%s after with %s", each.getName(), changed.getName())
                        .isEqualTo(!each.getName().equals(changed.getName()));
            }
        }
    }

    @Test
    void details_have_their_ranges() {
        assertRefused(() -> new Detail(true, 65, 0), "a confidence over 65 tokens; choose 0 to 64");
        assertRefused(() -> new Detail(true, 0, -1), "-1 alternatives; choose 0 to 64");
        assertRefused(
                () -> Detail.NONE.withAlternatives(5),
                "5 alternatives without log-probabilities; ask for them too");
        assertRefused(() -> Detail.NONE.withConfidence(1), "without log-probabilities");
        assertThat(Detail.LOG_PROBABILITIES.withAlternatives(64).withConfidence(3))
                .isEqualTo(new Detail(true, 3, 64));
    }

    @Test
    void constraints_say_something() {
        assertRefused(() -> new Constraint.JsonSchema(" \n"), "the schema is blank; write {}");
        assertRefused(() -> new Constraint.Grammar(""), "the grammar is blank; write a rule root");
    }

    @Test
    void a_choice_names_its_tool_and_demands_a_call_or_does_not() {
        assertRefused(() -> new ToolChoice.Named(" "), "the name of the tool is blank");
        assertThat(ToolChoice.demandsCall(ToolChoice.AUTO)).isFalse();
        assertThat(ToolChoice.demandsCall(ToolChoice.NONE)).isFalse();
        assertThat(ToolChoice.demandsCall(ToolChoice.REQUIRED)).isTrue();
        assertThat(ToolChoice.demandsCall(new ToolChoice.Named("add"))).isTrue();
    }

    @Test
    void a_probe_asks_for_words() {
        Prompt prompt = Prompt.of(Message.user("Is it?"));

        assertRefused(() -> new Probe(prompt, List.of(), OPTIONS), "a probe needs words");
        assertRefused(() -> new Probe(prompt, List.of("Yes", " "), OPTIONS), "none of them blank");
        assertThat(new Probe.Result(List.of(0.375, 0.125), Usage.NONE).firstShare())
                .isEqualTo(0.75);
        assertThat(new Probe.Result(List.of(0.0, 0.0), Usage.NONE).firstShare()).isNaN();
    }

    private static void assertRefused(ThrowingCallable call, String words) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(words);
    }

    private static final class Spent implements Meter {
        @Override
        public int reserve(int tokens) {
            return 0;
        }

        @Override
        public void release(int tokens) {}

        @Override
        public boolean isTimeUp() {
            return false;
        }
    }
}
