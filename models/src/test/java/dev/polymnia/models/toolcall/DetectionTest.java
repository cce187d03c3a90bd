package dev.polymnia.models.toolcall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The excerpts are ours; they write what the templates of the families write.
final class DetectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '~',
            textBlock =
                    """
                    HERMES           → {{- '<tool_call>\\n{"name": "' + c.name + '", "arguments": ' }}
                    HERMES           → {{ "<tool_call>\\n{\\"name\\": <n>, \\"arguments\\": <a>}\\n</tool_call>" }}
                    HERMES           → {{ "<tool_call>\\n{{\\"name\\": <n>, \\"arguments\\": <a>}}\\n</tool_call>" }}
                    HERMES           → {"type": "function"} {'arguments': <a>, 'name': <n>} <tool_call>
                    FUNCTION_TAGS    → {{ '<tool_call>\\n<function=' + c.name + '>\\n' }}{{ '<parameter=' + k + '>' }}
                    LLAMA            → <|start_header_id|>{"name": function name, "parameters": dictionary of them}
                    LLAMA            → <|start_header_id|>{{ "<|python_tag|>" + c.name }}
                    MISTRAL          → {{ "[TOOL_CALLS][" }}{{ c.function|tojson }}{{ ', "id": "' + c.id }}
                    MISTRAL_NAMED    → {{ "[TOOL_CALLS]" + c.name + "[ARGS]" + c.arguments }}
                    MISTRAL_NUMBERED → {{ "[TOOL_CALLS]" + c.name + "[CALL_ID]" + c.id + "[ARGS]" }}
                    DEEPSEEK         → {{ '<｜tool▁call▁begin｜>' + c.type + '<｜tool▁sep｜>' + c.name + '\\n```json\\n' }}
                    DEEPSEEK_PLAIN   → {{ '<｜tool▁call▁begin｜>' + c.name + '<｜tool▁sep｜>' + c.arguments }}
                    JSON             → <start_of_turn>{{ role }}
                    ATEM             → {{ '<atem:function_calls>\\n<atem:invoke name="' + c.name + '">' }}
                    """)
    void a_template_tells_its_format(ToolCallFormat format, String template) {
        assertThat(ToolCallFormat.of(template)).contains(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{% for m in messages %}<|im_start|>{{ m.role }}{% endfor %}",
                "<|start_header_id|>{{ m.role }}<|end_header_id|>",
                "<tool_call>{{ c.name }}<arg_key>{{ k }}</arg_key>",
                "<tool_call></tool_call>: <tool_calls>[{\"name\": <n>, \"arguments\": <a>}]",
                "{{ '<|tool_call>call:' + c.name + '{' }}",
                "<start_of_turn>{{ '<start_function_call>' }}"
            })
    void a_template_without_a_known_format_tells_none(String template) {
        assertThat(ToolCallFormat.of(template)).isEmpty();
    }

    @Test
    void ids_are_what_the_templates_accept() {
        assertThat(ToolCallFormat.HERMES.id(7)).isEqualTo("call_7");
        assertThat(ToolCallFormat.MISTRAL.id(7)).matches("[a-zA-Z0-9]{9}");
        assertThat(ToolCallFormat.MISTRAL_NUMBERED.id(99_999)).matches("[a-zA-Z0-9]{9}");
    }
}
