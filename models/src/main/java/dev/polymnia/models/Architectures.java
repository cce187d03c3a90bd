package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// The architectures that the llama.cpp we use can load. Read from the resource
/// `architectures.txt`.
final class Architectures {
    private static final String RESOURCE = "architectures.txt";
    private static final Set<String> KNOWN = read();

    private Architectures() {}

    static boolean isKnown(String architecture) {
        return KNOWN.contains(architecture);
    }

    private static Set<String> read() {
        try (InputStream in =
                requireNonNull(Architectures.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(toUnmodifiableSet());
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "Cannot read " + RESOURCE + ". Install Polymnia again.",
                    e);
        }
    }
}
