package dev.polymnia.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.Prompt;

/// The most tokens that a prompt can have at a model of which nothing is known: a token is at least
/// one byte of UTF-8, and what a chat template adds is allowed for.
final class PromptBound {
    /// What a template says by itself, how to call tools included.
    private static final int OF_TEMPLATE = 1024;

    /// Role and marks of a message or a part of one.
    private static final int OF_PART = 32;

    /// The dearest models take nearly as many for a large picture.
    private static final int OF_IMAGE = 50_000;

    /// Templates write a tool's JSON with blanks and line ends.
    private static final int OF_BLANKS = 2;

    private PromptBound() {}

    /// Returns the most tokens that a request can make an endpoint read.
    ///
    /// @param known how many tokens the prompt has; 0 if nobody has told
    static long of(BranchRequest request, int known) {
        long prompt = known > 0 ? known : of(request.prompt());
        return prompt + of(request.options().constraint());
    }

    private static long of(Prompt prompt) {
        long sum = OF_TEMPLATE + OF_PART + bytes(prompt.beginning());
        for (Message message : prompt.messages()) {
            sum += OF_PART;
            for (Content part : message.parts()) {
                sum += OF_PART + of(part);
            }
        }
        for (ToolSpec tool : prompt.tools()) {
            long words = bytes(tool.name()) + bytes(tool.description()) + bytes(tool.parameters());
            sum += OF_PART + OF_BLANKS * words;
        }
        return sum;
    }

    private static long of(Content part) {
        return switch (part) {
            case Content.Text(String text) -> bytes(text);
            case Content.ToolCall(String id, String name, String arguments) ->
                    bytes(id) + bytes(name) + OF_BLANKS * bytes(arguments);
            case Content.ToolResult result ->
                    bytes(result.callId()) + bytes(result.name()) + bytes(result.text());
            case Content.Image _ -> OF_IMAGE;
            case Content.Reasoning _, Content.Audio _ -> 0; // not sent
        };
    }

    /// Some endpoints tell the model the schema.
    private static long of(Constraint constraint) {
        return switch (constraint) {
            case Constraint.Free _ -> 0;
            case Constraint.JsonSchema(String schema) -> OF_BLANKS * bytes(schema);
            case Constraint.Grammar(String gbnf) -> bytes(gbnf);
        };
    }

    private static long bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
