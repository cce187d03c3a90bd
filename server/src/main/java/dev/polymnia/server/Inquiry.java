package dev.polymnia.server;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.ToolSpec;
import java.util.List;

/// What a client asks, in whichever API.
///
/// @param model as the client named it
/// @param run what is to be answered; its name is that of the answer
/// @param streamed whether the answer comes in pieces
/// @param events whether the run's events are told, too
/// @param ignored fields that change nothing, for the client to know
record Inquiry(
        String model, RunRequest run, boolean streamed, boolean events, List<String> ignored) {
    /// Copies the parts.
    Inquiry {
        ignored = List.copyOf(ignored);
    }

    /// What is asked within a run.
    ///
    /// @param messages the conversation
    /// @param tools run by the client
    /// @param wishes what is wanted of the words
    record Question(List<Message> messages, List<ToolSpec> tools, Wishes wishes) {
        /// Copies the parts.
        Question {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
        }
    }

    /// Returns the run that answers.
    ///
    /// @param id of the answer
    /// @throws dev.polymnia.core.Fault as [RunRequest]
    static RunRequest run(String id, RunFields fields, Question question, long seed) {
        return new RunRequest(
                        id,
                        question.messages(),
                        fields.mode(),
                        fields.budget(),
                        seed,
                        fields.agents(),
                        new Cancellation())
                .withClientTools(question.tools())
                .withWishes(question.wishes())
                .withTeam(fields.team());
    }
}
