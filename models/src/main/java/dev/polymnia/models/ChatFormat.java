package dev.polymnia.models;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.models.template.ChatTemplate;
import dev.polymnia.models.toolcall.ToolCallFormat;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/// Writes prompts the way one model was trained to read them: with the model's own chat template,
/// given the variables that templates expect (Hugging Face transformers, "Chat templates").
/// Immutable, thread-safe.
public final class ChatFormat {
    private final ChatTemplate template;
    private final String bos;
    private final String eos;
    private final ReasoningSwitch reasoning;
    private final Clock clock;
    private final boolean knowsTools;

    /// Creates a format of a template that knows tools.
    ///
    /// @param template the model's chat template
    /// @param bos the text of the token that begins a sequence; may be empty
    /// @param eos the text of the token that ends a sequence; may be empty
    /// @param reasoning how the model is brought to think
    /// @param clock for templates that write the date, in the zone of this machine
    public ChatFormat(
            ChatTemplate template, String bos, String eos, ReasoningSwitch reasoning, Clock clock) {
        this(template, bos, eos, reasoning, clock, true);
    }

    private ChatFormat(
            ChatTemplate template,
            String bos,
            String eos,
            ReasoningSwitch reasoning,
            Clock clock,
            boolean knowsTools) {
        this.knowsTools = knowsTools;
        this.template = requireNonNull(template, "template is null");
        this.bos = requireNonNull(bos, "bos is null");
        this.eos = requireNonNull(eos, "eos is null");
        this.reasoning = requireNonNull(reasoning, "reasoning is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Returns the format of a model file.
    ///
    /// @throws Fault `UNSUPPORTED` if the file has no chat template or one that asks for what
    ///   Polymnia does not know; `CORRUPT` if the template is damaged
    public static ChatFormat of(Gguf gguf, ReasoningSwitch reasoning) {
        String source =
                gguf.chatTemplate()
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Code.UNSUPPORTED,
                                        gguf.path()
                                                + " has no chat template, so it is not a"
                                                + " model to talk with. Use one tuned for"
                                                + " chat (often named Instruct or -it)."));
        return new ChatFormat(
                ChatTemplate.parse(source),
                gguf.bosText(),
                gguf.eosText(),
                reasoning,
                Clock.SYSTEM,
                ToolCallFormat.of(source).isPresent());
    }

    /// Returns the text that the model reads: the messages, the beginning of the assistant's turn,
    /// and the prompt's own first words of it. Special tokens, the one that begins a sequence
    /// included, stand in it where the template writes them. Where the template writes no calls
    /// that are known here, tools are told in words ([ToolCallFormat#JSON]).
    ///
    /// @throws Fault `UNSUPPORTED` for pictures and sound; `INVALID` if a tool's parameters are not
    ///   a JSON object; and what the template throws
    public String render(Prompt sent) {
        Prompt prompt = knowsTools ? sent : ToolsInWords.of(sent);
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", ChatVariables.messages(prompt.messages()));
        // Templates ask whether the variable is defined, so that no tools means no variable.
        if (!prompt.tools().isEmpty()) {
            variables.put("tools", ChatVariables.tools(prompt.tools()));
        }
        variables.put("add_generation_prompt", true);
        variables.put("bos_token", bos);
        variables.put("eos_token", eos);
        variables.putAll(switches(prompt.reasoning()));
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
        return template.render(variables, now) + prompt.beginning();
    }

    private Map<String, Object> switches(boolean on) {
        return switch (reasoning) {
            case ReasoningSwitch.Instructed _ -> Map.of();
            case ReasoningSwitch.Tagged tagged -> on ? tagged.on() : tagged.off();
        };
    }
}
