package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromptTest {
    @Test
    void a_hint_is_the_end_of_the_last_question() {
        Prompt prompt =
                Prompt.of(Message.user("one"), Message.assistant("two"), Message.user("three"));

        Prompt hinted = prompt.withHint("Check units.");

        assertThat(hinted.messages()).startsWith(Message.user("one"), Message.assistant("two"));
        assertThat(hinted.messages().getLast().text()).isEqualTo("three\n\nCheck units.");
        assertThat(prompt.withHint(" ")).isEqualTo(prompt);
    }

    @Test
    void a_hint_without_a_question_becomes_one() {
        assertThat(Prompt.of(Message.system("rules")).withHint("Go.").messages())
                .containsExactly(Message.system("rules"), Message.user("Go."));
    }

    @Test
    void a_prompt_is_not_changed_from_outside() {
        List<Message> messages = new ArrayList<>(List.of(Message.user("one")));
        Prompt prompt = new Prompt(messages, List.of(), false, "");

        messages.clear();

        assertThat(prompt.messages()).hasSize(1);
    }

    @Test
    void messages_are_values() {
        Content image = new Content.Image(new Media("image/png", new byte[] {1, 2}));

        assertThat(new Message(Role.USER, List.of(image)))
                .isEqualTo(
                        new Message(
                                Role.USER,
                                List.of(
                                        new Content.Image(
                                                new Media("image/png", new byte[] {1, 2})))));
        assertThat(Message.user("a").plus(image).text()).isEqualTo("a");
    }

    @Test
    void impossible_values_are_refused() {
        assertThatThrownBy(() -> new Prompt(List.of(), List.of(), false, ""))
                .hasMessageContaining("at least one message");
        assertThatThrownBy(() -> new Content.Image(new Media("audio/wav", new byte[1])))
                .hasMessageContaining("audio/wav");
        assertThatThrownBy(() -> new ToolSpec("two words", "", "{}", true))
                .hasMessageContaining("two words");
        assertThatThrownBy(() -> new Sampling(0.7, 0, 1.5, 0, 1)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Sampling(Double.NaN, 0, 1, 0, 1)).hasMessageContaining("NaN");
    }
}
