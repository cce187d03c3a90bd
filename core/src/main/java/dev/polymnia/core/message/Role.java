package dev.polymnia.core.message;

/// Who speaks in a message.
public enum Role {
    /// The owner of the program: instructions that stand above the conversation.
    SYSTEM,
    /// The person.
    USER,
    /// The model.
    ASSISTANT,
    /// The tools: answers to the assistant's calls.
    TOOL
}
