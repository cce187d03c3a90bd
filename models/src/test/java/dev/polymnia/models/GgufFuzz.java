package dev.polymnia.models;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Holds the bytes of one file against what the header reader promises: it reads the header or
/// throws a fault of the documented kinds, the same each time, and every question about a header
/// that it read has an answer. `bench/fuzz gguf` searches for files that break this; [GgufFuzzTest]
/// replays what it found and tries many more.
public final class GgufFuzz {
    private static final Set<Fault.Code> PROMISED =
            Set.of(Fault.Code.CORRUPT, Fault.Code.UNSUPPORTED);

    private static final Path FILE = place();

    private GgufFuzz() {}

    /// The entry point that Jazzer calls.
    ///
    /// @param data a file; may be anything
    public static void fuzzerTestOneInput(byte[] data) {
        holds(data);
    }

    /// Returns whether a file has a good header; false if it is refused with a fault.
    ///
    /// @throws AssertionError if anything else happens
    static boolean holds(byte[] data) {
        try {
            Files.write(FILE, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String first = outcome();
        String second = outcome();
        if (!first.equals(second)) {
            throw new AssertionError(first + ", then " + second);
        }
        return first.startsWith("read ");
    }

    private static String outcome() {
        try {
            return "read " + told(Gguf.read(FILE));
        } catch (Fault fault) {
            if (!PROMISED.contains(fault.code())) {
                throw new AssertionError("The wrong kind of fault", fault);
            }
            return "refused: " + fault.getMessage();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            throw new AssertionError("Not a fault", unexpected);
        }
    }

    private static String told(Gguf gguf) {
        return String.join(
                " ",
                gguf.toString(),
                gguf.name().orElse(""),
                gguf.contextLength().toString(),
                gguf.chatTemplate().orElse(""),
                gguf.tokenizerModel().orElse(""),
                gguf.bosText(),
                gguf.eosText(),
                Integer.toString(gguf.vocabularySize()),
                Long.toString(gguf.parameters()),
                gguf.tensors().toString());
    }

    private static Path place() {
        try {
            Path file = Files.createTempFile("fuzz", ".gguf");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
