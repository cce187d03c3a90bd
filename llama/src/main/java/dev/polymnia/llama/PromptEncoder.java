package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import java.util.function.Function;

/// Turns prompts into tokens: checks, renders, guards against smuggled special tokens, tokenises.
/// Runs on the caller's thread, so that a long prompt holds up nobody else. Thread-safe.
final class PromptEncoder {
    private final Function<Prompt, String> format;
    private final Vocabulary vocabulary;
    private final SpecialGuard guard;
    private final ReasoningSwitch reasoning;
    private final int contextTokens;

    /// @param format renders a prompt to the text that the model reads
    /// @param contextTokens the most tokens of prompt and answer together
    PromptEncoder(
            Function<Prompt, String> format,
            Vocabulary vocabulary,
            ReasoningSwitch reasoning,
            int contextTokens) {
        this.format = format;
        this.vocabulary = vocabulary;
        this.guard = new SpecialGuard(vocabulary.controls());
        this.reasoning = reasoning;
        this.contextTokens = contextTokens;
    }

    /// A prompt as the engine takes it.
    ///
    /// @param tokens at least one, and fewer than the context holds
    /// @param begun what already stands in the assistant's turn, tags included
    record Encoded(TokenList tokens, String begun) {}

    /// Encodes a prompt.
    ///
    /// @throws Fault `UNSUPPORTED` for pictures and sound; `CONTEXT_FULL` if it leaves no room for
    ///   an answer
    Encoded encode(Prompt prompt) {
        checkContent(prompt);
        String rendered = format.apply(guard.mark(prompt));
        // The native tokeniser needs memory and stack in proportion to the text, so one that cannot
        // fit whatever its tokens are is refused before.
        if (rendered.length() / vocabulary.longest() >= contextTokens) {
            throw tooLong(rendered.length() + " characters");
        }
        TokenList tokens = new TokenList();
        for (String piece : SpecialGuard.cut(rendered)) {
            vocabulary.tokenize(piece, tokens);
        }
        TokenList complete = begin(tokens);
        if (complete.size() >= contextTokens) {
            throw tooLong(complete.size() + " tokens");
        }
        if (complete.size() == 0) {
            throw new Fault(
                    Fault.Code.INVALID, "The prompt is empty once rendered; write a message.");
        }
        int ending = guard.mark(prompt.beginning()).length();
        return new Encoded(complete, begun(reasoning, rendered, ending, prompt.beginning()));
    }

    /// Templates write the first token of a sequence themselves or leave it to the tokeniser; it
    /// must not stand there twice.
    private TokenList begin(TokenList tokens) {
        int begin = vocabulary.begin();
        if (begin < 0 || (tokens.size() > 0 && tokens.get(0) == begin)) {
            return tokens;
        }
        TokenList all = new TokenList(new int[] {begin});
        all.addAll(tokens, 0, tokens.size());
        return all;
    }

    /// Returns what stands in the assistant's turn before the model writes. Some templates open the
    /// reasoning themselves, at the end of what they write.
    ///
    /// @param rendered the whole text, which ends with the beginning as it was rendered
    /// @param ending how many characters of it are the beginning
    static String begun(ReasoningSwitch reasoning, String rendered, int ending, String beginning) {
        return switch (reasoning) {
            case ReasoningSwitch.Instructed _ -> beginning;
            case ReasoningSwitch.Tagged tagged -> {
                int end = Math.max(0, rendered.length() - ending);
                String written = rendered.substring(0, end).stripTrailing();
                yield written.endsWith(tagged.open().strip())
                        ? tagged.open() + beginning
                        : beginning;
            }
        };
    }

    private void checkContent(Prompt prompt) {
        prompt.messages().forEach(message -> message.parts().forEach(PromptEncoder::checkPart));
    }

    private static void checkPart(Content part) {
        switch (part) {
            case Content.Image image -> throw cannotTake("pictures");
            case Content.Audio audio -> throw cannotTake("sound");
            case Content.ToolResult result -> result.parts().forEach(PromptEncoder::checkPart);
            case Content.Text text -> {}
            case Content.Reasoning thought -> {}
            case Content.ToolCall call -> {}
        }
    }

    private static Fault cannotTake(String what) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                "The embedded engine cannot take " + what + "; send text only.");
    }

    private Fault tooLong(String length) {
        return new Fault(
                Fault.Code.CONTEXT_FULL,
                "The prompt has %s, the context holds %d tokens, and the answer needs room too; shorten it or choose a larger context."
                        .formatted(length, contextTokens));
    }
}
