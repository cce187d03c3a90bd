package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.text.Normalizer;
import java.time.Instant;
import java.util.UUID;

/// Something that is remembered of a person, as they wrote it.
///
/// @param id unique
/// @param person of whom it is
/// @param text 1 to 500 characters
public record Memory(String id, String person, String text, Instant created) {
    /// How long a text may be, in characters.
    public static final int LONGEST = 500;

    /// Checks the parts, and brings the text into its usual form (NFC, one line).
    ///
    /// @throws Fault `INVALID` if the text is too long or there is none
    public Memory {
        requireNonNull(id, "id is null");
        requireNonNull(person, "person is null");
        text =
                Normalizer.normalize(text, Normalizer.Form.NFC)
                        .replaceAll("[\\p{C}\\s]+", " ")
                        .strip();
        requireNonNull(created, "created is null");
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > LONGEST) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%d characters to remember; send 1 to %d.".formatted(length, LONGEST));
        }
    }

    /// Returns a new one.
    public static Memory create(String person, String text, Instant now) {
        return new Memory("memory-" + UUID.randomUUID(), person, text, now);
    }

    /// Returns this with another text.
    public Memory withText(String value) {
        return new Memory(id, person, value, created);
    }
}
