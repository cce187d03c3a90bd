package dev.polymnia.core.platform;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the texts that are part of this program: prompts, and programs for the sandbox.
public final class OwnTexts {
    private OwnTexts() {}

    /// Reads a text to its end and closes it.
    ///
    /// @param in as `getResourceAsStream` of a class beside it returns it, as a module's resources
    ///   are open to the module only; null if there is none
    /// @param name of the file, for the message
    /// @return the text without white space around it
    /// @throws Fault `CORRUPT` if it is not there or cannot be read
    public static String read(@Nullable InputStream in, String name) {
        if (in == null) {
            throw damaged(name, new IOException("it is missing"));
        }
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    private static Fault damaged(String name, IOException cause) {
        return new Fault(
                Fault.Code.CORRUPT,
                "The file %s of Polymnia cannot be read: %s. Install Polymnia again."
                        .formatted(name, cause.getMessage()),
                cause);
    }
}
