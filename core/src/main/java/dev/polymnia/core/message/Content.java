package dev.polymnia.core.message;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// One part of a message.
public sealed interface Content {
    /// Words for the other side.
    ///
    /// @param text may be empty
    record Text(String text) implements Content {
        /// Checks the parts.
        public Text {
            requireNonNull(text, "text is null");
        }
    }

    /// What the assistant thought before it spoke. It is shown apart from the answer, and a profile
    /// says whether the model wants it back in later turns.
    ///
    /// @param text may be empty
    record Reasoning(String text) implements Content {
        /// Checks the parts.
        public Reasoning {
            requireNonNull(text, "text is null");
        }
    }

    /// A picture.
    ///
    /// @param media the encoded picture, of a type `image/…`
    record Image(Media media) implements Content {
        /// Checks the parts.
        public Image {
            media.requireType("image/");
        }
    }

    /// A piece of sound.
    ///
    /// @param media the encoded sound, of a type `audio/…`
    record Audio(Media media) implements Content {
        /// Checks the parts.
        public Audio {
            media.requireType("audio/");
        }
    }

    /// The assistant's wish that a tool be run.
    ///
    /// @param id what the result refers to; unique within the conversation
    /// @param name the tool's name
    /// @param arguments a JSON object as text, as the model wrote it
    record ToolCall(String id, String name, String arguments) implements Content {
        /// Checks the parts.
        public ToolCall {
            requireText(id, "id of the tool call");
            requireText(name, "name of the tool");
            requireNonNull(arguments, "arguments is null");
        }
    }

    /// What a tool answered.
    ///
    /// @param callId the id of the call
    /// @param name the tool's name
    /// @param parts text and pictures; no calls and no results
    /// @param failed whether the tool could not do what it was asked
    record ToolResult(String callId, String name, List<Content> parts, boolean failed)
            implements Content {
        /// Checks and copies the parts.
        public ToolResult {
            requireText(callId, "id of the tool call");
            requireText(name, "name of the tool");
            parts = List.copyOf(parts);
            for (Content part : parts) {
                if (part instanceof ToolCall || part instanceof ToolResult) {
                    throw new IllegalArgumentException("a tool result cannot hold a " + part);
                }
            }
        }

        /// Returns the text parts, joined.
        public String text() {
            return Message.textOf(parts);
        }
    }

    private static void requireText(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is blank");
        }
    }
}
