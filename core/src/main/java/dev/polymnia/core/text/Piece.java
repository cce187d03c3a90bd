package dev.polymnia.core.text;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Channel;

/// Words that can be told, all for one channel.
///
/// @param channel where the words go
/// @param text whole code points, at least one
public record Piece(Channel channel, String text) {
    /// Checks the parts.
    public Piece {
        requireNonNull(channel, "channel is null");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a piece without words");
        }
    }
}
