package dev.polymnia.llama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.llama.text.BranchText;
import dev.polymnia.models.toolcall.ToolCallFormat;
import dev.polymnia.models.toolcall.ToolCallReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TurnTest {
    private static final ReasoningSwitch THINKS =
            new ReasoningSwitch.Tagged("<think>", "</think>", Map.of(), Map.of());
    private static final ReasoningSwitch PLAIN = new ReasoningSwitch.Instructed("Answer:");
    private static final String CALL =
            "<tool_call>\n{\"name\": \"clock\", \"arguments\": {\"zone\": \"UTC\"}}\n</tool_call>";

    private final List<BranchEvent> events = new ArrayList<>();

    private Turn turn(ReasoningSwitch reasoning, String begun, boolean tools) {
        Optional<ToolCallReader> reader =
                tools
                        ? Optional.of(
                                new ToolCallReader(
                                        ToolCallFormat.HERMES,
                                        List.of(new ToolSpec("clock", "the time", "{}", true)),
                                        ToolCallFormat.HERMES::id))
                        : Optional.empty();
        return new Turn(new BranchText(reasoning, begun, List.of()), reader, events::add);
    }

    private static void write(Turn turn, String text) {
        for (int at = 0; at < text.length(); at += 3) {
            String part = text.substring(at, Math.min(text.length(), at + 3));
            turn.accept(part.getBytes(UTF_8), List.of());
        }
    }

    private String told(Channel channel) {
        StringBuilder words = new StringBuilder();
        for (BranchEvent event : events) {
            if (event instanceof BranchEvent.Delta delta && delta.channel() == channel) {
                words.append(delta.text());
            }
        }
        return words.toString();
    }

    @Test
    void thoughts_words_and_calls_are_told_apart() {
        Turn turn = turn(THINKS, "", true);

        write(turn, "<think>What time?</think>Let me look.\n" + CALL);
        turn.finish();

        Content.ToolCall call = new Content.ToolCall("call_0", "clock", "{\"zone\": \"UTC\"}");
        assertThat(told(Channel.REASONING)).isEqualTo("What time?");
        assertThat(told(Channel.ANSWER)).isEqualTo("Let me look.");
        assertThat(events).contains(new BranchEvent.Called(call));
        assertThat(turn.hasCalls()).isTrue();
        assertThat(turn.message().parts())
                .containsExactly(
                        new Content.Reasoning("What time?"),
                        new Content.Text("Let me look."),
                        call);
    }

    @Test
    void without_tools_a_call_is_words() {
        Turn turn = turn(PLAIN, "", false);

        write(turn, CALL);
        turn.finish();

        assertThat(turn.hasCalls()).isFalse();
        assertThat(turn.message().text()).isEqualTo(CALL);
        assertThat(told(Channel.ANSWER)).isEqualTo(CALL);
    }

    @Test
    void what_was_begun_counts_and_is_not_told() {
        Turn turn = turn(PLAIN, "Well, ", true);

        write(turn, "yes.");
        turn.finish();

        assertThat(turn.message().text()).isEqualTo("Well, yes.");
        assertThat(told(Channel.ANSWER)).isEqualTo("yes.");
        assertThat(turn.answer()).isEqualTo("Well, yes.");
    }

    @Test
    void it_says_when_it_thinks() {
        Turn turn = turn(THINKS, "<think>\n", false);
        assertThat(turn.isThinking()).isTrue();

        write(turn, "so</think>");

        assertThat(turn.isThinking()).isFalse();
    }

    @Test
    void each_token_is_described_once() {
        Turn turn = turn(THINKS, "", true);
        List<TokenDetail> described = new ArrayList<>();
        String text = "<think>a b c</think> one two " + CALL;
        for (int at = 0; at < text.length(); at += 2) {
            TokenDetail detail = new TokenDetail(at, "", -1, Double.NaN, List.of());
            described.add(detail);
            String part = text.substring(at, Math.min(text.length(), at + 2));
            turn.accept(part.getBytes(UTF_8), List.of(detail));
        }
        turn.finish();

        assertThat(
                        events.stream()
                                .filter(BranchEvent.Delta.class::isInstance)
                                .flatMap(event -> ((BranchEvent.Delta) event).tokens().stream()))
                .isEqualTo(described);
    }
}
