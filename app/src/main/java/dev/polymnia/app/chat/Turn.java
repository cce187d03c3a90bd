package dev.polymnia.app.chat;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import java.time.Instant;

/// A question and its answer.
///
/// @param at when it was answered
/// @param question with what was attached to it
/// @param answer what the run answered
/// @param mode how much thought it was given
/// @param seed of the run
/// @param partial whether it is only the best answer that a budget allowed
record Turn(Instant at, Message question, Message answer, Mode mode, long seed, boolean partial) {
    Turn {
        requireNonNull(at, "at is null");
        requireNonNull(question, "question is null");
        requireNonNull(answer, "answer is null");
        requireNonNull(mode, "mode is null");
    }
}
