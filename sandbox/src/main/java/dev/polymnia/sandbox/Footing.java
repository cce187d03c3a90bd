package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Who makes the namespaces and as whom the program runs.
enum Footing {
    /// We are a plain user: the user's own namespaces, in which the program is nobody.
    PLAIN("as this user"),
    /// We are root: before anything else root becomes a user that nobody is, and then it is as for
    /// a plain user. Root's processes are never bound by a limit of processes; those of this user
    /// are.
    DROPPED("as an unused user"),
    /// We are root, and only root may make namespaces here: root makes them, and becomes the unused
    /// user inside the box before the program starts.
    DROPPED_INSIDE("as an unused user in root's namespaces");

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern EFFECTIVE_UID = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");

    private final String words;

    Footing(String words) {
        this.words = words;
    }

    /// Says it in words, for the description of a sandbox.
    String words() {
        return words;
    }

    /// Returns what may work for who runs this program, the best first.
    ///
    /// @throws Fault with `UNAVAILABLE` if the system does not say who that is
    static List<Footing> possible() {
        try {
            return possible(Files.readString(STATUS, US_ASCII));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "A sandbox needs Linux with /proc, and %s cannot be read: %s."
                            .formatted(STATUS, e.getMessage()),
                    e);
        }
    }

    /// Does the same for a text of `/proc/PID/status`.
    static List<Footing> possible(String status) {
        var uid = EFFECTIVE_UID.matcher(status);
        boolean root = uid.find() && uid.group(1).equals("0");
        return root ? List.of(DROPPED, DROPPED_INSIDE) : List.of(PLAIN);
    }
}
