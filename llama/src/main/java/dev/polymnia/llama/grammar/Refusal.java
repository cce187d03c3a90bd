package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;

/// Makes the faults of schemas.
final class Refusal {
    private Refusal() {}

    /// Makes the fault of a place.
    ///
    /// @param path the place as a JSON pointer; empty for the whole schema
    /// @param what is wrong there, and what to do
    static Fault at(String path, String what) {
        return new Fault(
                Fault.Code.INVALID,
                "The JSON Schema is refused at %s: %s"
                        .formatted(path.isEmpty() ? "/" : path, what));
    }

    /// Appends a name to a JSON pointer (RFC 6901).
    static String child(String path, String name) {
        return path + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
