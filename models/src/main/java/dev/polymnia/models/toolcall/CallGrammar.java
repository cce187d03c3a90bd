package dev.polymnia.models.toolcall;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.message.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writes the grammar of calls in one format.
final class CallGrammar {
    private static final Pattern PLACE = Pattern.compile("\\$\\{(name|arguments|id)\\}");
    private static final String ANY_CALL = "tool-call";
    private static final String TEXT = "tool-text";
    private static final String ID = "tool-id";

    private final ToolCallFormat format;
    private final List<ToolSpec> tools;
    private final SchemaRules rules;
    private final Offer offer;

    CallGrammar(ToolCallFormat format, List<ToolSpec> tools, SchemaRules rules) {
        if (tools.isEmpty()) {
            throw new IllegalArgumentException("a grammar of calls needs a tool to call");
        }
        this.format = format;
        this.tools = List.copyOf(tools);
        this.rules = rules;
        offer = new Offer(this.tools);
    }

    String text(boolean parallel) {
        CallShape shape = CallShape.of(format, parallel);
        GrammarText grammar = new GrammarText();
        List<String> root = new ArrayList<>();
        addLiteral(root, shape.before());
        root.add(ANY_CALL);
        if (parallel) {
            List<String> more = new ArrayList<>();
            addLiteral(more, shape.between());
            more.add(ANY_CALL);
            root.add("(" + String.join(" ", more) + ")*");
        }
        addLiteral(root, shape.after());
        grammar.add("root", String.join(" ", root));
        grammar.add(
                ANY_CALL,
                IntStream.range(0, tools.size())
                        .mapToObj(CallGrammar::rule)
                        .collect(joining(" | ")));
        for (int index = 0; index < tools.size(); index++) {
            addCall(grammar, shape.call(), index);
        }
        return grammar.toString();
    }

    private static String rule(int index) {
        return "tool-" + index;
    }

    private void addCall(GrammarText grammar, String shape, int index) {
        List<String> call = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        Matcher place = PLACE.matcher(shape);
        int at = 0;
        while (place.find()) {
            literal.append(shape, at, place.start());
            at = place.end();
            switch (place.group(1)) {
                case "name" -> literal.append(tools.get(index).name());
                case "id" -> {
                    takeLiteral(call, literal);
                    call.add(ID);
                    grammar.add(ID, "[a-zA-Z0-9]{9}");
                }
                default -> {
                    takeLiteral(call, literal);
                    addArguments(grammar, call, index);
                }
            }
        }
        literal.append(shape, at, shape.length());
        takeLiteral(call, literal);
        grammar.add(rule(index), String.join(" ", call));
    }

    private void addArguments(GrammarText grammar, List<String> call, int index) {
        Tags tags = tags();
        String name = rule(index) + "-arguments";
        if (tags == null) {
            grammar.addAll(rules.rules(tools.get(index).parameters(), name), name);
            call.add(name);
            return;
        }
        int number = 0;
        for (Map.Entry<String, Offer.Parameter> each :
                offer.parameters(tools.get(index).name()).entrySet()) {
            String rule = rule(index) + "-argument-" + number;
            addParameter(grammar, tags, rule, each.getKey(), each.getValue());
            call.add(each.getValue().required() ? rule : rule + "?");
            number++;
        }
    }

    private @Nullable Tags tags() {
        return switch (format) {
            case FUNCTION_TAGS -> Tags.FUNCTION;
            case ATEM -> Tags.ATEM;
            case HERMES,
                    LLAMA,
                    MISTRAL,
                    MISTRAL_NAMED,
                    MISTRAL_NUMBERED,
                    DEEPSEEK,
                    DEEPSEEK_PLAIN,
                    JSON ->
                    null;
        };
    }

    private void addParameter(
            GrammarText grammar, Tags tags, String rule, String name, Offer.Parameter parameter) {
        String line = tags.lines() ? "\n" : "";
        String value = rule + "-value";
        if (!parameter.choices().isEmpty()) {
            grammar.add(
                    value,
                    parameter.choices().stream().map(GrammarText::literal).collect(joining(" | ")));
        } else if (parameter.text()) {
            value = TEXT;
            grammar.addTextWithout(TEXT, tags.parameterClose());
        } else {
            grammar.addAll(rules.rules(parameter.schema(), value), value);
        }
        grammar.add(
                rule,
                GrammarText.literal(tags.parameterOpen() + name + tags.nameEnd() + line)
                        + " "
                        + value
                        + " "
                        + GrammarText.literal(line + tags.parameterClose() + "\n"));
    }

    private static void takeLiteral(List<String> call, StringBuilder literal) {
        addLiteral(call, literal.toString());
        literal.setLength(0);
    }

    private static void addLiteral(List<String> sequence, String text) {
        if (!text.isEmpty()) {
            sequence.add(GrammarText.literal(text));
        }
    }
}
