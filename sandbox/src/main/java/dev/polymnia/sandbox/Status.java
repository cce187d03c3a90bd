package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What bubblewrap has told by now (`--json-status-fd`): a line when the box has its first process,
/// which waits until that is told, and a line when the program has ended.
///
/// @param init the number of the box's first process as seen from outside; empty if it may not
///   exist yet
/// @param exitCode how the program ended; empty if it runs or never began
record Status(OptionalLong init, OptionalInt exitCode) {
    private static final Pattern INIT = Pattern.compile("\"child-pid\": (\\d+)");
    private static final Pattern EXIT_CODE = Pattern.compile("\"exit-code\": (-?\\d+)");

    /// Reads it.
    ///
    /// @throws Fault with `UNAVAILABLE` if the file cannot be read
    static Status read(Path file) {
        try {
            return parse(Files.readString(file, US_ASCII));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The state of the sandbox cannot be read: %s.".formatted(e.getMessage()),
                    e);
        }
    }

    /// Reads it from a text, which may break off after any of bubblewrap's writes; none of them
    /// ends within a number.
    static Status parse(String text) {
        Matcher init = INIT.matcher(text);
        Matcher exitCode = EXIT_CODE.matcher(text);
        return new Status(
                init.find() ? OptionalLong.of(Long.parseLong(init.group(1))) : OptionalLong.empty(),
                exitCode.find()
                        ? OptionalInt.of(Integer.parseInt(exitCode.group(1)) & 0xFF)
                        : OptionalInt.empty());
    }
}
