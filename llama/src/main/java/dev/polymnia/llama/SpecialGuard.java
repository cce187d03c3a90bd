package dev.polymnia.llama;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps words of a conversation from being read as the tokens that steer the model.
///
/// A prompt is rendered to one text, and in that text `<|im_end|>` becomes the token that ends a
/// turn, whoever wrote it. llama.cpp's own server leaves it at that, so a person, or a web page a
/// tool has read, can write a system message. Here each such text *in a message* gets a mark after
/// its first character before the template is applied; afterwards the rendered text is cut at the
/// marks and each piece is tokenised alone. No special token can form across a cut, those that the
/// template wrote stay whole, and prompts without such texts (nearly all) are not changed at all.
///
/// The mark is a code point that Unicode keeps free for uses inside a program (a noncharacter);
/// where it stands in a message it is lost. Immutable, thread-safe.
final class SpecialGuard {
    static final char MARK = '\uFDD0';

    private final Map<Character, List<String>> specials = new HashMap<>();

    /// @param texts the texts of the special tokens
    SpecialGuard(List<String> texts) {
        for (String text : texts) {
            // One character cannot be cut, and is too common in ordinary words to be guarded.
            if (text.length() > 1) {
                specials.computeIfAbsent(text.charAt(0), first -> new ArrayList<>()).add(text);
            }
        }
    }

    /// Returns the prompt with marks in its messages and its beginning.
    Prompt mark(Prompt prompt) {
        return prompt.withMessages(prompt.messages().stream().map(this::mark).toList())
                .withBeginning(mark(prompt.beginning()));
    }

    /// Returns a text with a mark inside each special token's text.
    String mark(String text) {
        String clean = text.indexOf(MARK) < 0 ? text : text.replace(String.valueOf(MARK), "");
        StringBuilder marked = null;
        int copied = 0;
        for (int i = 0; i < clean.length(); i++) {
            if (startsSpecial(clean, i)) {
                marked = marked == null ? new StringBuilder(clean.length() + 8) : marked;
                marked.append(clean, copied, i + 1).append(MARK);
                copied = i + 1;
            }
        }
        return marked == null ? clean : marked.append(clean, copied, clean.length()).toString();
    }

    /// Returns the rendered text cut at the marks.
    static List<String> cut(String rendered) {
        return List.of(rendered.split(String.valueOf(MARK), -1));
    }

    private boolean startsSpecial(String text, int at) {
        List<String> candidates = specials.get(text.charAt(at));
        if (candidates == null) {
            return false;
        }
        for (String candidate : candidates) {
            if (text.startsWith(candidate, at)) {
                return true;
            }
        }
        return false;
    }

    private Message mark(Message message) {
        return new Message(message.role(), message.parts().stream().map(this::mark).toList());
    }

    private Content mark(Content part) {
        return switch (part) {
            case Content.Text(String text) -> new Content.Text(mark(text));
            case Content.Reasoning(String text) -> new Content.Reasoning(mark(text));
            case Content.Image image -> image;
            case Content.Audio audio -> audio;
            case Content.ToolCall call ->
                    new Content.ToolCall(call.id(), call.name(), mark(call.arguments()));
            case Content.ToolResult result ->
                    new Content.ToolResult(
                            result.callId(),
                            result.name(),
                            result.parts().stream().map(this::mark).toList(),
                            result.failed());
        };
    }
}
