package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DemandsTest {
    private static final Prompt PLAIN = Prompt.of(Message.user("Is it?"));
    private static final Prompt TOOLS =
            PLAIN.withTools(
                    List.of(
                            new ToolSpec("add", "adds", "{}", true),
                            new ToolSpec("now", "tells the time", "{}", true)));
    private static final GenerationOptions OPTIONS = GenerationOptions.DEFAULT;
    private static final Constraint SCHEMA = new Constraint.JsonSchema("{}");
    private static final Constraint GRAMMAR = new Constraint.Grammar("root ::= \"yes\"");

    static Stream<Arguments> what_needs_a_capability() {
        return Stream.of(
                Arguments.of(TOOLS, OPTIONS, Capability.TOOLS, "no place for tools"),
                Arguments.of(
                        PLAIN.withBeginning("It"),
                        OPTIONS,
                        Capability.BEGINNING,
                        "that we begin; ask without a beginning"),
                Arguments.of(
                        PLAIN,
                        OPTIONS.withConstraint(SCHEMA),
                        Capability.SCHEMA,
                        "to a JSON Schema; ask for JSON in words"),
                Arguments.of(
                        PLAIN,
                        OPTIONS.withConstraint(GRAMMAR),
                        Capability.GRAMMAR,
                        "to a grammar; use the embedded engine"),
                Arguments.of(
                        PLAIN,
                        OPTIONS.withLogitBias(Map.of(7, -100.0)),
                        Capability.LOGIT_BIAS,
                        "no logit bias; leave it out"));
    }

    @ParameterizedTest
    @MethodSource
    void what_needs_a_capability(
            Prompt prompt, GenerationOptions options, Capability needed, String words) {
        BranchRequest request = new BranchRequest(prompt, options);

        assertThatCode(() -> Demands.check(request, model(EnumSet.of(needed))))
                .doesNotThrowAnyException();
        assertFault(
                Fault.Code.UNSUPPORTED,
                request,
                EnumSet.complementOf(EnumSet.of(needed)),
                "tiny ",
                words);
    }

    static Stream<Arguments> what_is_wrong_with_every_model() {
        ToolChoice search = new ToolChoice.Named("search");
        ToolChoice add = new ToolChoice.Named("add");
        return Stream.of(
                Arguments.of(PLAIN, ToolChoice.REQUIRED, Constraint.NONE, "offers none"),
                Arguments.of(PLAIN, search, Constraint.NONE, "'search'"),
                Arguments.of(TOOLS, search, Constraint.NONE, "only add, now"),
                Arguments.of(TOOLS, ToolChoice.REQUIRED, SCHEMA, "at once"),
                Arguments.of(TOOLS, add, GRAMMAR, "at once"));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_wrong_with_every_model(
            Prompt prompt, ToolChoice choice, Constraint constraint, String words) {
        assertFault(
                Fault.Code.INVALID,
                new BranchRequest(
                        prompt, OPTIONS.withToolChoice(choice).withConstraint(constraint)),
                EnumSet.allOf(Capability.class),
                words);
    }

    static Stream<Arguments> what_goes_with_a_choice() {
        return Stream.of(
                Arguments.of(PLAIN, ToolChoice.AUTO, SCHEMA),
                Arguments.of(PLAIN, ToolChoice.NONE, GRAMMAR),
                Arguments.of(TOOLS, ToolChoice.NONE, SCHEMA),
                Arguments.of(TOOLS, ToolChoice.AUTO, GRAMMAR),
                Arguments.of(TOOLS, ToolChoice.REQUIRED, Constraint.NONE),
                Arguments.of(TOOLS, new ToolChoice.Named("now"), Constraint.NONE));
    }

    @ParameterizedTest
    @MethodSource
    void what_goes_with_a_choice(Prompt prompt, ToolChoice choice, Constraint constraint) {
        BranchRequest request =
                new BranchRequest(
                        prompt, OPTIONS.withToolChoice(choice).withConstraint(constraint));

        assertThatCode(() -> Demands.check(request, model(EnumSet.allOf(Capability.class))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_plain_request_demands_nothing() {
        assertThatCode(() ->
                        Demands.check(
                                new BranchRequest(PLAIN, OPTIONS),
                                model(EnumSet.noneOf(Capability.class))))
                .doesNotThrowAnyException();
    }

    private static void assertFault(
            Fault.Code code, BranchRequest request, Set<Capability> can, String... words) {
        assertThatThrownBy(() -> Demands.check(request, model(can)))
                .hasMessageContainingAll(words)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    static ModelInfo model(Set<Capability> capabilities) {
        Map<Mode, ModeSettings> modes = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            modes.put(mode, new ModeSettings("", Sampling.GREEDY, 8));
        }
        return new ModelInfo(
                "tiny",
                "",
                64,
                capabilities,
                new ModelProfile(new ReasoningSwitch.Instructed("Answer:"), modes));
    }
}
