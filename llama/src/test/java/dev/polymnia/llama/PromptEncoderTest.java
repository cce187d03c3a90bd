package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.ReasoningSwitch;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PromptEncoderTest {
    private static final ReasoningSwitch TAGGED =
            new ReasoningSwitch.Tagged("<think>", "</think>", Map.of(), Map.of());

    @Test
    void thoughts_that_the_template_opened_are_open() {
        assertThat(begun("<assistant>\n<think>\n", "")).isEqualTo("<think>");
        assertThat(begun("<assistant>\n<think>\n", "Well")).isEqualTo("<think>Well");
    }

    @Test
    void without_an_open_tag_the_turn_begins_with_its_beginning() {
        assertThat(begun("<assistant>\n", "")).isEmpty();
        assertThat(begun("<assistant>\n", "Well")).isEqualTo("Well");
        assertThat(begun("<assistant>\n<think>\n\n</think>\n\n", "Well")).isEqualTo("Well");
        assertThat(begun("<assistant>\n", "<think>\nWell")).isEqualTo("<think>\nWell");
    }

    private static String begun(String template, String beginning) {
        return PromptEncoder.begun(TAGGED, template + beginning, beginning.length(), beginning);
    }
}
