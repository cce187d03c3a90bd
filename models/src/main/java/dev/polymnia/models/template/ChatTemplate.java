package dev.polymnia.models.template;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parsed chat template: what turns messages into the prompt that a model was trained on.
///
/// Immutable; any number of threads may render with it at the same time.
public final class ChatTemplate {
    private final Source source;
    private final List<Statement> statements;
    private final Limits limits;

    private ChatTemplate(Source source, List<Statement> statements, Limits limits) {
        this.source = source;
        this.statements = statements;
        this.limits = limits;
    }

    /// Parses a template within the default limits.
    ///
    /// @param source the template, as a GGUF file or a tokenizer configuration holds it
    /// @return the template, ready to render
    /// @throws Fault `CORRUPT` if it is not a template or exceeds a limit, `UNSUPPORTED` if it uses
    ///   a tag that chat templates do not need
    public static ChatTemplate parse(String source) {
        return parse(source, Limits.DEFAULT);
    }

    /// Parses a template.
    ///
    /// @param source the template, as a GGUF file or a tokenizer configuration holds it
    /// @param limits how much the template may ask for, now and whenever it is rendered
    /// @return the template, ready to render
    /// @throws Fault `CORRUPT` if it is not a template or exceeds a limit, `UNSUPPORTED` if it uses
    ///   a tag that chat templates do not need
    public static ChatTemplate parse(String source, Limits limits) {
        requireNonNull(limits, "limits is null");
        if (source.length() > limits.sourceLength()) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The chat template has %,d characters, but at most %,d are allowed; use another"
                                    .formatted(source.length(), limits.sourceLength())
                            + " template.");
        }
        Source normalised = Source.of(source);
        return new ChatTemplate(normalised, Parser.parse(normalised, limits), limits);
    }

    /// Renders a prompt.
    ///
    /// Values are strings, integers (`Byte` to `Long`), `Double`, `Float`, `Boolean`, null (which
    /// is Python's `None`), lists, and maps with strings as keys, whose order is kept. A variable
    /// that is missing is undefined, which templates tell from `None`.
    ///
    /// @param variables such as `messages`, `tools`, `add_generation_prompt` and `bos_token`
    /// @param now the time that the template sees
    /// @return the prompt
    /// @throws Fault `INVALID` if the template refuses the conversation or fails on it, `CORRUPT`
    ///   if it exceeds a limit, `UNSUPPORTED` if it uses an unknown filter, test or method
    /// @throws IllegalArgumentException if a value is of another type
    public String render(Map<String, ? extends @Nullable Object> variables, LocalDateTime now) {
        Budget budget = new Budget(limits);
        Renderer renderer = new Renderer(source, budget, requireNonNull(now, "now is null"));
        Map<String, Value> values;
        try {
            values = new Conversion(budget).variables(variables);
        } catch (Problem problem) {
            throw source.fault(problem, 0);
        }
        return renderer.render(statements, values);
    }
}
