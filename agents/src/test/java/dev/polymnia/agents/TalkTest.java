package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TalkTest {
    private final Talk talk = new Talk(Prompt.of(Message.user("How many?")));

    @ParameterizedTest
    @CsvSource({
        "call_0, call_1",
        "call_9, call_10",
        "call00000, call00001",
        "call00009, call00010",
        "abc, abc1",
        "7, 8",
        "id-99999999999999999999, id-99999999999999999999",
    })
    void an_id_that_comes_again_is_counted_on(String id, String next) {
        assertThat(talk.called(call(id)).id()).isEqualTo(id);
        String second = talk.called(call(id)).id();

        assertThat(second).isNotEqualTo(id);
        if (!next.equals(id)) {
            assertThat(second).isEqualTo(next);
        }
        assertThat(talk.called(call(id)).id()).isNotIn(id, second);
    }

    @Test
    void ids_of_the_question_are_not_used_again() {
        Prompt asked =
                Prompt.of(
                        Message.user("How many?"),
                        new Message(Role.ASSISTANT, List.of(call("call_0"))),
                        Message.user("And now?"));

        assertThat(new Talk(asked).called(call("call_0")).id()).isEqualTo("call_1");
    }

    @Test
    void turns_add_up() {
        talk.called(call("a"));
        talk.ended(turn(3, -1, StopReason.TOOL_CALL));
        talk.answered(new Content.ToolResult("a", "look", List.of(), false));
        assertThat(talk.next().messages()).hasSize(3);

        BranchResult whole = talk.whole(talk.ended(turn(1, -5, StopReason.END)));

        assertThat(whole.usage()).isEqualTo(new Usage(2, 4, 4));
        assertThat(whole.meanLogProbability()).isEqualTo(-2);
        assertThat(whole.reason()).isEqualTo(StopReason.END);
    }

    private static BranchResult turn(int tokens, double mean, StopReason reason) {
        Message message = new Message(Role.ASSISTANT, List.of(call("a")));
        return new BranchResult(message, reason, new Usage(1, 2, tokens), mean);
    }

    private static Content.ToolCall call(String id) {
        return new Content.ToolCall(id, "look", "{}");
    }
}
