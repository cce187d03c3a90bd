package dev.polymnia.models.toolcall;

import static dev.polymnia.models.toolcall.Readings.call;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What models of each family write, and what that means.
final class Outputs {
    static final String PARIS = "{\"city\": \"Paris\"}";
    static final String OSLO = "{\"city\":\"Oslo\",\"days\":3}";
    static final String HARD =
            "{\"code\": \"f = \\\"}{\\\" # é 😀 \\\\\", \"n\": [{\"a\": {}}, -1.5e3, null]}";

    private Outputs() {}

    /// An output.
    ///
    /// @param expected words, and calls as [Readings#call] writes them
    record Output(ToolCallFormat format, String text, List<String> expected) {
        static Output of(ToolCallFormat format, String text, String... expected) {
            return new Output(format, text, List.of(expected));
        }
    }

    static Stream<Output> all() {
        List<Output> all = new ArrayList<>();
        for (ToolCallFormat format : ToolCallFormat.values()) {
            all.addAll(of(format));
        }
        return all.stream();
    }

    static List<Output> of(ToolCallFormat format) {
        return switch (format) {
            case HERMES -> hermes();
            case FUNCTION_TAGS -> functionTags();
            case LLAMA -> llama();
            case MISTRAL, MISTRAL_NAMED, MISTRAL_NUMBERED -> mistral(format);
            case DEEPSEEK, DEEPSEEK_PLAIN -> deepSeek(format);
            case JSON -> json();
            case ATEM -> atem();
        };
    }

    /// A call of Hermes.
    static String hermes(String name, String arguments) {
        return "<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>"
                .formatted(name, arguments);
    }

    private static List<Output> hermes() {
        ToolCallFormat format = ToolCallFormat.HERMES;
        String paris = hermes("get_weather", PARIS);
        return List.of(
                Output.of(format, "No call, 1 < 2 <tool>.\n", "No call, 1 < 2 <tool>.\n"),
                Output.of(format, paris, call("call_0", "get_weather", PARIS)),
                Output.of(
                        format,
                        "Let me look.\n\n" + paris + "\n" + hermes("run-code", HARD) + "\nDone.",
                        "Let me look.",
                        call("call_0", "get_weather", PARIS),
                        call("call_1", "run-code", HARD),
                        "Done."),
                Output.of(
                        format,
                        "a<tool_call>{\"arguments\":" + OSLO + ",\"name\":\"x\"}</tool_call>b",
                        "a",
                        call("call_0", "x", OSLO),
                        "b"),
                Output.of(
                        format,
                        hermes("run-code", "{\"code\": \"<tool_call>{}</tool_call>\"}"),
                        call("call_0", "run-code", "{\"code\": \"<tool_call>{}</tool_call>\"}")),
                Output.of(
                        format,
                        "<tool_call>\n{{\"name\": \"now\", \"arguments\": {}}}\n</tool_call>",
                        call("call_0", "now", "{}")),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"now\"}}</tool_call>",
                        call("call_0", "now", "{}")),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"x\", \"arguments\": \"{\\\"a\\\":"
                                + " 1}\"}</tool_call>",
                        call("call_0", "x", "{\"a\": 1}")),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"x\", \"arguments\": {\"a\": oops}\n</tool_call>",
                        call("call_0", "x", "{\"a\": oops}")),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"x\", \"arguments\": {\"a\": \"open}\n"
                                + "</tool_call>.",
                        call("call_0", "x", "{\"a\": \"open}"),
                        "."),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"x\", \"city\": \"Paris\"}</tool_call>",
                        call("call_0", "x", "{\"name\": \"x\", \"city\": \"Paris\"}")),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"x\", city: 1}</tool_call>",
                        call("call_0", "x", "{\"name\": \"x\", city: 1}")),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"x\", \"arguments\": {} " + paris,
                        call("call_0", "x", "{}"),
                        call("call_1", "get_weather", PARIS)),
                Output.of(
                        format,
                        "<tool_call>{\"name\": \"now\", \"arguments\": {}}\nSo it is.",
                        call("call_0", "now", "{}"),
                        "So it is."),
                Output.of(
                        format,
                        "<<tool_<tool_call> <tool_call> {\"id\": 7}</tool_call> " + paris,
                        "<<tool_<tool_call> <tool_call> {\"id\": 7}</tool_call>",
                        call("call_0", "get_weather", PARIS)),
                Output.of(
                        format,
                        "The tag <tool_call> begins a call.",
                        "The tag <tool_call> begins a call."));
    }

    private static String function(String name, String parameters) {
        return "<tool_call>\n<function=" + name + ">\n" + parameters + "</function>\n</tool_call>";
    }

    private static String parameter(String name, String value) {
        return "<parameter=" + name + ">\n" + value + "\n</parameter>\n";
    }

    private static List<Output> functionTags() {
        ToolCallFormat format = ToolCallFormat.FUNCTION_TAGS;
        String paris = function("get_weather", parameter("city", "Paris"));
        String many =
                parameter("city", "5")
                        + parameter("days", "5")
                        + parameter("alerts", "True")
                        + parameter("near", "{\"x\": [1]}")
                        + parameter("other", "word");
        String code = "if a < b:\n  s = \"</parameter>\" + '</function>' # é\n\n";
        return List.of(
                Output.of(format, "1 < 2 <function <tool_call>", "1 < 2 <function <tool_call>"),
                Output.of(format, paris, call("call_0", "get_weather", PARIS)),
                Output.of(
                        format,
                        "Look:\n" + paris + "\n" + function("now", "") + "\n\nDone.",
                        "Look:",
                        call("call_0", "get_weather", PARIS),
                        call("call_1", "now", "{}"),
                        "Done."),
                Output.of(
                        format,
                        function("get_weather", many),
                        call(
                                "call_0",
                                "get_weather",
                                "{\"city\": \"5\", \"days\": 5, \"alerts\": true,"
                                        + " \"near\": {\"x\": [1]}, \"other\": \"word\"}")),
                Output.of(
                        format,
                        function("run-code", parameter("code", code)),
                        call(
                                "call_0",
                                "run-code",
                                "{\"code\": \"if a < b:\\n  s = \\\"</parameter>\\\" +"
                                        + " '</function>' # é\\n\\n\"}")),
                Output.of(
                        format,
                        "<function=x><parameter=a>{</parameter></function>"
                                + " <function=now></function>",
                        call("call_0", "x", "{\"a\": \"{\"}"),
                        call("call_1", "now", "{}")),
                Output.of(
                        format,
                        "<tool_call><function=x><parameter=a>\n1\n</function></tool_call>",
                        call("call_0", "x", "{\"a\": 1}")),
                Output.of(
                        format,
                        "<tool_call>\n<tool_call><function=<function=a b>" + paris,
                        "<tool_call>\n<tool_call><function=<function=a b>",
                        call("call_0", "get_weather", PARIS)));
    }

    private static String bare(String name, String arguments) {
        return "{\"name\": \"" + name + "\", \"parameters\": " + arguments + "}";
    }

    private static List<Output> llama() {
        ToolCallFormat format = ToolCallFormat.LLAMA;
        String paris = bare("get_weather", PARIS);
        List<Output> all = new ArrayList<>(bare(format));
        all.add(
                Output.of(
                        format,
                        "<|python_tag|>" + paris + "; " + bare("run-code", HARD) + ";",
                        call("call_0", "get_weather", PARIS),
                        call("call_1", "run-code", HARD)));
        all.add(
                Output.of(
                        format,
                        "<|python_tag|><|python_tag|>print(1)",
                        "<|python_tag|><|python_tag|>print(1)"));
        return all;
    }

    private static List<Output> json() {
        ToolCallFormat format = ToolCallFormat.JSON;
        String paris = bare("get_weather", PARIS);
        List<Output> all = new ArrayList<>(bare(format));
        all.add(
                Output.of(
                        format,
                        "```tool_code\n[" + paris + ",\n" + bare("now", "{}") + "]\n```\n",
                        call("call_0", "get_weather", PARIS),
                        call("call_1", "now", "{}")));
        return all;
    }

    private static List<Output> bare(ToolCallFormat format) {
        String paris = bare("get_weather", PARIS);
        String other = "{\"name\": \"Ada\", \"parameters\": {\"a\": \"}\"}}";
        String example = "```js\nf(" + paris + ");\n```";
        String mixed = "[" + paris + ", 5]";
        String call = call("call_0", "get_weather", PARIS);
        return List.of(
                Output.of(format, "{ a [1] ``` {} []", "{ a [1] ``` {} []"),
                Output.of(format, paris, call),
                Output.of(format, "\n" + paris + "\n", call),
                Output.of(format, "Sure: " + paris + " Done.", "Sure:", call, "Done."),
                Output.of(format, "[" + paris + "]", call),
                Output.of(format, "```json\n" + paris + "\n```\nDone.", call, "Done."),
                Output.of(format, "```\n" + paris, call),
                Output.of(
                        format,
                        "{\"type\": \"function\", \"function\": " + paris + "}" + paris,
                        call,
                        call("call_1", "get_weather", PARIS)),
                Output.of(format, other + " " + paris, other, call),
                Output.of(format, mixed + paris, mixed, call),
                Output.of(format, "{\"a\": " + paris + "}", "{\"a\": " + paris + "}"),
                Output.of(format, example + "\n" + paris, example, call),
                Output.of(format, "{{\"name\": 1} " + paris, "{{\"name\": 1}", call),
                Output.of(format, "{\"no\": \"end\n" + paris, "{\"no\": \"end", call),
                Output.of(
                        format,
                        "{\"name\": \"now\"} and {\"name\": \"run-code\", \"parameters\": \"x\"}",
                        "{\"name\": \"now\"} and",
                        call("call_0", "run-code", "\"x\"")));
    }

    private static List<Output> mistral(ToolCallFormat format) {
        String own = "[TOOL_CALLS][{\"name\": \"get_weather\", \"arguments\": " + PARIS + ", ";
        String damaged = "[TOOL_CALLS]now[ARGS]{oops}[TOOL_CALLS]now[ARGS]{}";
        return List.of(
                Output.of(format, "[1] [TOOL_CALL] {}", "[1] [TOOL_CALL] {}"),
                Output.of(
                        format,
                        own + "\"id\": \"a1B2c3D4e\"}]",
                        call("a1B2c3D4e", "get_weather", PARIS)),
                Output.of(
                        format,
                        "Look. "
                                + own
                                + "\"id\": \"a\"}, {\"name\": \"x\", \"arguments\": "
                                + HARD
                                + "}, {\"name\": \"now\", \"arguments\": {}, \"id\": \"a\"}]",
                        "Look.",
                        call("a", "get_weather", PARIS),
                        call("call00001", "x", HARD),
                        call("call00002", "now", "{}")),
                Output.of(
                        format,
                        "[TOOL_CALLS]get_weather[ARGS]" + PARIS + "[TOOL_CALLS]x[ARGS]" + HARD,
                        call("call00000", "get_weather", PARIS),
                        call("call00001", "x", HARD)),
                Output.of(
                        format,
                        "[TOOL_CALLS]now[CALL_ID]a1B2c3D4e[ARGS]{} So.",
                        call("a1B2c3D4e", "now", "{}"),
                        "So."),
                Output.of(format, "[TOOL_CALLS]now{}", call("call00000", "now", "{}")),
                Output.of(
                        format,
                        damaged,
                        call("call00000", "now", "{oops}"),
                        call("call00001", "now", "{}")),
                Output.of(
                        format,
                        "[TOOL_CALLS][TOOL_CALLS] [TOOL_CALLS]now[AR[TOOL_CALLS]now[ARGS]{}",
                        "[TOOL_CALLS][TOOL_CALLS] [TOOL_CALLS]now[AR",
                        call("call00000", "now", "{}")),
                Output.of(
                        format,
                        "[TOOL_CALLS][{\"name\": \"now\", \"arguments\": {}}, {\"a\": 1}]",
                        call("call00000", "now", "{}"),
                        "{\"a\": 1}]"));
    }

    private static List<Output> deepSeek(ToolCallFormat format) {
        String begin = "<｜tool▁calls▁begin｜>";
        String end = "<｜tool▁calls▁end｜>";
        String fenced =
                "<｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n"
                        + PARIS
                        + "\n```<｜tool▁call▁end｜>";
        String plain = "<｜tool▁call▁begin｜>run-code<｜tool▁sep｜>" + HARD + "<｜tool▁call▁end｜>";
        return List.of(
                Output.of(format, "<｜tool▁ < ｜ ▁", "<｜tool▁ < ｜ ▁"),
                Output.of(format, begin + fenced + end, call("call_0", "get_weather", PARIS)),
                Output.of(
                        format,
                        "Look.\n\n" + begin + fenced + "\n" + fenced + "\n" + end + "Done.",
                        "Look.",
                        call("call_0", "get_weather", PARIS),
                        call("call_1", "get_weather", PARIS),
                        "Done."),
                Output.of(
                        format,
                        begin + plain + plain + end,
                        call("call_0", "run-code", HARD),
                        call("call_1", "run-code", HARD)),
                Output.of(
                        format,
                        begin + "<｜tool▁call▁begin｜>now<｜tool▁sep｜>\n{}\n",
                        call("call_0", "now", "{}")),
                Output.of(
                        format,
                        "<｜tool▁call▁begin｜>function<｜tool▁sep｜>now\n```json\n{a\n```"
                                + "<｜tool▁call▁end｜>"
                                + plain,
                        call("call_0", "now", "{a"),
                        call("call_1", "run-code", HARD)),
                Output.of(
                        format,
                        begin + begin + "<｜tool▁call▁begin｜>now" + plain,
                        begin + begin + "<｜tool▁call▁begin｜>now",
                        call("call_0", "run-code", HARD)));
    }

    private static String invoke(String name, String parameters) {
        return "<atem:function_calls>\n<atem:invoke name=\""
                + name
                + "\">\n"
                + parameters
                + "</atem:invoke>\n</atem:function_calls>";
    }

    private static List<Output> atem() {
        ToolCallFormat format = ToolCallFormat.ATEM;
        String city = "<atem:parameter name=\"city\">Paris</atem:parameter>\n";
        String days = "<atem:parameter name=\"days\">3</atem:parameter>\n";
        String code = "<atem:parameter name=\"code\">\n a < \"b\" </atem:parameter>\n";
        String paris = invoke("get_weather", city);
        return List.of(
                Output.of(format, "from=to=a <atem:x>", "from=to=a <atem:x>"),
                Output.of(format, paris, call("call_0", "get_weather", PARIS)),
                Output.of(
                        format,
                        " to=get_weather<|message|>" + invoke("get_weather", city + days),
                        call("call_0", "get_weather", "{\"city\": \"Paris\", \"days\": 3}")),
                Output.of(
                        format,
                        "Look.<|start|>assistant to=get_weather<|message|>"
                                + paris
                                + "<|eom|><|start|>assistant to=run-code<|message|>"
                                + invoke("run-code", code)
                                + "\nDone.",
                        "Look.",
                        call("call_0", "get_weather", PARIS),
                        call("call_1", "run-code", "{\"code\": \"\\n a < \\\"b\\\" \"}"),
                        "Done."),
                Output.of(
                        format,
                        "<atem:function_calls><atem:invoke name=\"now\"></atem:invoke>"
                                + "<atem:invoke name=\"a.b\"></atem:invoke></atem:function_calls>",
                        call("call_0", "now", "{}"),
                        call("call_1", "a.b", "{}")),
                Output.of(
                        format,
                        "<|start|>assistant to=user<|message|>Hello <atem:function_calls> " + paris,
                        "<|start|>assistant to=user<|message|>Hello <atem:function_calls>",
                        call("call_0", "get_weather", PARIS)));
    }
}
