package dev.polymnia.models.toolcall;

import static dev.polymnia.models.toolcall.Readings.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.models.toolcall.Readings.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ToolCallReaderTest {
    @ParameterizedTest
    @EnumSource
    void words_are_given_out_at_once(ToolCallFormat format) {
        ToolCallReader reader = reader(format);

        assertThat(told(reader, "Hello")).isEqualTo("Hello");
        assertThat(told(reader, ", é😀 ")).isEqualTo(", é😀");
        assertThat(told(reader, "world")).isEqualTo(" world");
        assertThat(reader.finish()).isEqualTo(new TurnEnd(List.of(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "HERMES, <tool_cal, x",
        "HERMES, <tool_call>, x",
        "FUNCTION_TAGS, <tool_call><functio, x",
        "FUNCTION_TAGS, <function=f>, x",
        "MISTRAL, [TOOL_CALLS, x",
        "MISTRAL_NAMED, [TOOL_CALLS]f[ARG, x",
        "DEEPSEEK, <｜tool▁call, x",
        "DEEPSEEK, <｜tool▁call▁begin｜>f<｜tool▁, x",
        "ATEM, to=now<|mess, x",
        "ATEM, to=now, ' '",
        "LLAMA, '{\"nam', x",
        "LLAMA, '{\"name\": 1,', x",
        "JSON, [, 1",
        "JSON, ```python, (",
    })
    void what_may_be_a_call_is_held_back_until_it_cannot_be(
            ToolCallFormat format, String begun, String end) {
        ToolCallReader reader = reader(format);

        assertThat(told(reader, "a " + begun)).isEqualTo("a");
        assertThat(told(reader, end) + told(reader, "b")).isEqualTo(" " + begun + end + "b");
    }

    @Test
    void json_and_code_that_are_no_call_are_given_out_as_they_come() {
        ToolCallReader reader = reader(ToolCallFormat.JSON);

        assertThat(told(reader, "{\"x")).isEqualTo("{\"x");
        assertThat(told(reader, "\": [1, ")).isEqualTo("\": [1, ");
        assertThat(told(reader, "2]} ```c\nx")).isEqualTo("2]} ```c\nx");
        assertThat(told(reader, " ")).isEqualTo(" ");
    }

    @Test
    void a_call_is_given_out_with_its_last_character() {
        ToolCallReader reader = reader(ToolCallFormat.HERMES);
        String text = Outputs.hermes("now", "{}");

        assertThat(reader.accept(text.substring(0, text.length() - 1))).isEmpty();
        assertThat(Readings.joined(reader.accept(">")))
                .containsExactly(call("call_0", "now", "{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "HERMES, <tool_call>, true",
        "HERMES, '<tool_call>{\"name\": \"now\"', true",
        "HERMES, <tool_call, false",
        "FUNCTION_TAGS, <function=now><parameter=a>1</parameter>, true",
        "LLAMA, '{\"name\": \"now', true",
        "LLAMA, '{\"na', false",
        "LLAMA, '{\"a\": 1', false",
        "MISTRAL, '[TOOL_CALLS][{\"name\"', true",
        "MISTRAL_NAMED, '[TOOL_CALLS]now[ARGS]{', true",
        "DEEPSEEK, <｜tool▁calls▁begin｜>, true",
        "JSON, '```json\n{\"name\": \"now\"', true",
        "JSON, '```json\n{', false",
        "ATEM, to=now, false",
        "ATEM, <atem:function_calls><atem:invoke name=\"now\">, true"
    })
    void a_call_that_is_cut_off_comes_back_as_words(
            ToolCallFormat format, String text, boolean cutOff) {
        assertThat(Readings.read(format, text)).isEqualTo(new Reading(List.of(text), cutOff));
    }

    @Test
    void a_call_before_the_one_that_is_cut_off_stays_a_call() {
        String text =
                "[TOOL_CALLS][{\"name\": \"now\", \"arguments\": {}}, {\"name\": \"now\", \"arg";

        assertThat(Readings.read(ToolCallFormat.MISTRAL, text))
                .isEqualTo(
                        new Reading(
                                List.of(
                                        call("call00000", "now", "{}"),
                                        "{\"name\": \"now\", \"arg"),
                                true));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"LLAMA", "JSON"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_marked_call_of_a_tool_that_is_not_offered_is_a_call(ToolCallFormat format) {
        for (Outputs.Output output : Outputs.of(format)) {
            ToolCallReader reader = new ToolCallReader(format, List.of(), format::id);
            long calls =
                    reader.accept(output.text()).stream()
                            .filter(TurnPart.Call.class::isInstance)
                            .count();
            calls +=
                    reader.finish().parts().stream()
                            .filter(TurnPart.Call.class::isInstance)
                            .count();

            assertThat(calls)
                    .isEqualTo(output.expected().stream().filter(Readings::isCall).count());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LLAMA", "JSON"})
    void bare_json_is_a_call_only_of_a_tool_that_is_offered(ToolCallFormat format) {
        ToolCallReader reader = new ToolCallReader(format, List.of(), format::id);
        String text = "{\"name\": \"now\", \"parameters\": {}}";

        assertThat(reader.accept(text)).containsExactly(new TurnPart.Words(text));
    }

    @ParameterizedTest
    @EnumSource
    void a_call_that_is_too_long_is_words_and_the_next_one_a_call(ToolCallFormat format) {
        String call = CallSamples.of(format, "run-code", "x".repeat(ToolCallReader.LONGEST_CALL));
        String next = CallSamples.of(format, "run-code", "x");

        Reading reading = Readings.read(format, call + "\n" + next);

        assertThat(reading.parts()).hasSize(2);
        assertThat(reading.parts().getFirst()).isEqualTo(call);
        assertThat(Readings.isCall(reading.parts().getLast())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_long_call_below_the_limit_is_a_call(ToolCallFormat format) {
        String code = "x".repeat(ToolCallReader.LONGEST_CALL - 1000);

        Reading reading = Readings.read(format, CallSamples.of(format, "run-code", code));

        assertThat(reading.parts()).hasSize(1);
        assertThat(Readings.isCall(reading.parts().getFirst())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void beginnings_without_end_are_read_in_one_go(ToolCallFormat format) {
        List<String> beginnings =
                List.of(
                        "<tool_call>",
                        "<tool_call>{",
                        "<tool_call>{\"a\":\"",
                        "<function=f>",
                        "<function=f><parameter=a></function>",
                        "</parameter> ",
                        "[TOOL_CALLS][",
                        "[TOOL_CALLS]f[ARGS]{x",
                        "<｜tool▁calls▁begin｜>",
                        "<｜tool▁call▁begin｜>f<｜tool▁sep｜>{",
                        "to=f<|message|>",
                        "{\"name\":",
                        "{\"name\":\"",
                        "[{\"name\":",
                        "```",
                        "\n");
        for (String beginning : beginnings) {
            String text = beginning.repeat(100_000 / beginning.length());

            Reading reading = Readings.read(format, text);

            assertThat(Losses.none(format, text, reading)).isTrue();
        }
    }

    @Test
    void an_id_that_the_model_repeats_is_not_used_again() {
        String call = "[TOOL_CALLS]now[CALL_ID]abc[ARGS]{}";
        ToolCallReader reader =
                new ToolCallReader(
                        ToolCallFormat.MISTRAL_NUMBERED, Readings.TOOLS, index -> "own" + index);

        assertThat(Readings.joined(reader.accept(call + call)))
                .containsExactly(call("abc", "now", "{}"), call("own1", "now", "{}"));
    }

    @Test
    void parameters_that_are_not_an_object_are_a_fault() {
        List<ToolSpec> tools = List.of(new ToolSpec("bad", "Bad.", "[1]", true));

        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () -> new ToolCallReader(ToolCallFormat.HERMES, tools, index -> "x"));

        assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
        assertThat(fault).hasMessageContaining("bad").hasMessageContaining("[1]");
    }

    private static ToolCallReader reader(ToolCallFormat format) {
        return new ToolCallReader(format, Readings.TOOLS, format::id);
    }

    private static String told(ToolCallReader reader, String text) {
        return String.join("", Readings.joined(reader.accept(text)));
    }
}
