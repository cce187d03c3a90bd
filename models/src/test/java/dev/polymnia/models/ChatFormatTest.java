package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.models.template.ChatTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatFormatTest {
    private static final ReasoningSwitch INSTRUCTED = new ReasoningSwitch.Instructed("Answer:");
    private static final Clock NOON =
            new Clock() {
                @Override
                public Instant instant() {
                    return Instant.parse("2026-03-04T12:00:00Z");
                }

                @Override
                public long nanos() {
                    return 0;
                }
            };
    private static final String TURNS =
            "{{ bos_token }}{% for m in messages %}[{{ m.role }}]{{ m.content }}{{ eos_token }}"
                    + "{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}";

    @Test
    void writes_turns_and_begins_the_answer() {
        Prompt prompt =
                Prompt.of(Message.system("Be brief."), Message.user("Hello"))
                        .withBeginning("Well,");

        assertThat(render(TURNS, INSTRUCTED, prompt))
                .isEqualTo("<s>[system]Be brief.</s>[user]Hello</s>[assistant]Well,");
    }

    @Test
    void passes_the_date() {
        assertThat(render("{{ strftime_now('%Y-%m') }}", INSTRUCTED, hello())).isEqualTo("2026-03");
    }

    @Test
    void switches_the_reasoning_channel() {
        String template = "{{ 'default' if enable_thinking is not defined else enable_thinking }}";
        ReasoningSwitch tagged =
                new ReasoningSwitch.Tagged(
                        "<think>",
                        "</think>",
                        Map.of("enable_thinking", "on"),
                        Map.of("enable_thinking", "off"));

        assertThat(render(template, INSTRUCTED, hello().withReasoning(true))).isEqualTo("default");
        assertThat(render(template, tagged, hello().withReasoning(true))).isEqualTo("on");
        assertThat(render(template, tagged, hello())).isEqualTo("off");
    }

    @Test
    void tools_are_defined_only_if_there_are_some() {
        String template = "{% if tools is defined %}{{ tools | tojson }}{% else %}none{% endif %}";
        ToolSpec tool = new ToolSpec("add", "Adds.", "{\"type\":\"object\",\"a\":1}", true);

        assertThat(render(template, INSTRUCTED, hello())).isEqualTo("none");
        assertThat(render(template, INSTRUCTED, hello().withTools(List.of(tool))))
                .isEqualTo(
                        "[{\"type\": \"function\", \"function\": {\"name\": \"add\","
                                + " \"description\": \"Adds.\", \"parameters\":"
                                + " {\"type\": \"object\", \"a\": 1}}}]");
    }

    @Test
    void a_tool_without_a_schema_is_invalid() {
        for (String parameters : List.of("[]", "nonsense", "null", "{} {}")) {
            ToolSpec tool = new ToolSpec("add", "Adds.", parameters, true);

            assertThat(fault(hello().withTools(List.of(tool))).code())
                    .as(parameters)
                    .isEqualTo(Fault.Code.INVALID);
        }
    }

    @Test
    void numbers_beyond_long_become_real() {
        ToolSpec tool = new ToolSpec("add", "Adds.", "{\"max\":[18446744073709551615]}", true);
        String template = "{{ tools[0].function.parameters.max[0] > 1.0 }}";

        assertThat(render(template, INSTRUCTED, hello().withTools(List.of(tool))))
                .isEqualTo("True");
    }

    @Test
    void calls_and_results_have_the_usual_shape() {
        Message asking =
                new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.Reasoning("Add them."),
                                new Content.Text("One moment."),
                                new Content.ToolCall("c1", "add", "{\"b\":2,\"a\":1.5}")));
        Message answering =
                new Message(
                        Role.TOOL,
                        List.of(
                                result("c1", new Content.Text("3.5")),
                                result("c2", new Content.Text("4"))));

        assertThat(ChatVariables.messages(List.of(asking, answering)))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "role",
                                        "assistant",
                                        "content",
                                        "One moment.",
                                        "reasoning_content",
                                        "Add them.",
                                        "tool_calls",
                                        List.of(
                                                Map.of(
                                                        "type",
                                                        "function",
                                                        "id",
                                                        "c1",
                                                        "function",
                                                        Map.of(
                                                                "name",
                                                                "add",
                                                                "arguments",
                                                                Map.of("a", 1.5, "b", 2))))),
                                toolTurn("c1", "3.5"),
                                toolTurn("c2", "4")));
    }

    @Test
    void arguments_that_are_no_json_are_shown_as_they_are() {
        Message asking =
                new Message(Role.ASSISTANT, List.of(new Content.ToolCall("c1", "add", "{\"a\":")));

        assertThat(
                        render(
                                "{{ messages[0].tool_calls[0].function.arguments }}",
                                INSTRUCTED,
                                Prompt.of(asking)))
                .isEqualTo("{\"a\":");
    }

    @Test
    void pictures_and_sound_are_unsupported() {
        Content image = new Content.Image(new Media("image/png", new byte[1]));
        Content audio = new Content.Audio(new Media("audio/wav", new byte[1]));

        for (Content part : List.of(image, audio, result("c1", image), result("c1", audio))) {
            Fault fault = fault(Prompt.of(new Message(Role.USER, List.of(part))));

            assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED);
            assertThat(fault.getMessage()).contains("words only");
        }
    }

    @Test
    void a_file_brings_its_template_and_tokens(@TempDir Path folder) throws IOException {
        Path file =
                new GgufWriter()
                        .text("general.architecture", "llama")
                        .texts("tokenizer.ggml.tokens", List.of("<s>", "</s>"))
                        .number("tokenizer.ggml.bos_token_id", GgufWriter.U32, 0)
                        .number("tokenizer.ggml.eos_token_id", GgufWriter.U32, 1)
                        .text("tokenizer.chat_template", TURNS)
                        .write(folder.resolve("model.gguf"));

        assertThat(ChatFormat.of(Gguf.read(file), INSTRUCTED).render(hello()))
                .isEqualTo("<s>[user]Hello</s>[assistant]");
    }

    @Test
    void where_the_template_knows_no_tools_they_are_told_in_words(@TempDir Path folder)
            throws IOException {
        Path file =
                new GgufWriter()
                        .text("general.architecture", "llama")
                        .texts("tokenizer.ggml.tokens", List.of("<s>", "</s>"))
                        .number("tokenizer.ggml.bos_token_id", GgufWriter.U32, 0)
                        .number("tokenizer.ggml.eos_token_id", GgufWriter.U32, 1)
                        .text("tokenizer.chat_template", TURNS)
                        .write(folder.resolve("model.gguf"));
        ToolSpec look = new ToolSpec("look", "Looks.", "{\"type\": \"object\"}", true);
        Content call = new Content.ToolCall("c", "look", "{\"at\": \"shelf\"}");
        Content found =
                new Content.ToolResult("c", "look", List.of(new Content.Text("31 muffins")), false);
        Prompt prompt =
                Prompt.of(
                                Message.system("Be brief."),
                                Message.user("How many?"),
                                Message.assistant("Let me see.").plus(call),
                                new Message(Role.TOOL, List.of(found)),
                                Message.user("Well?"))
                        .withTools(List.of(look));

        String text = ChatFormat.of(Gguf.read(file), INSTRUCTED).render(prompt);

        assertThat(text)
                .startsWith(
                        "<s>[system]Be brief.\n\nYou can call these tools:\n{\"name\":\"look\",")
                .endsWith(
                        "[user]How many?</s>[assistant]Let me see.\n"
                                + "{\"name\":\"look\",\"parameters\":{\"at\":\"shelf\"}}</s>"
                                + "[user]Result of look:\n31 muffins\n\nWell?</s>[assistant]");
    }

    @Test
    void a_file_without_a_template_is_unsupported(@TempDir Path folder) throws IOException {
        Path file =
                new GgufWriter()
                        .text("general.architecture", "llama")
                        .write(folder.resolve("model.gguf"));
        Gguf gguf = Gguf.read(file);

        Fault fault = catchThrowableOfType(Fault.class, () -> ChatFormat.of(gguf, INSTRUCTED));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED);
        assertThat(fault.getMessage()).contains(file.toString(), "no chat template");
    }

    private static Prompt hello() {
        return Prompt.of(Message.user("Hello"));
    }

    private static Content.ToolResult result(String callId, Content part) {
        return new Content.ToolResult(callId, "add", List.of(part), false);
    }

    private static Map<String, Object> toolTurn(String callId, String text) {
        return Map.of("role", "tool", "name", "add", "tool_call_id", callId, "content", text);
    }

    private static String render(String template, ReasoningSwitch reasoning, Prompt prompt) {
        return new ChatFormat(ChatTemplate.parse(template), "<s>", "</s>", reasoning, NOON)
                .render(prompt);
    }

    private static Fault fault(Prompt prompt) {
        return catchThrowableOfType(Fault.class, () -> render(TURNS, INSTRUCTED, prompt));
    }
}
