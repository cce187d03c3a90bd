package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.TunedCopies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Asks, once in the life of a cache folder, whether the default model shall get a tuned copy, and
/// has it made if so. Asks nobody but a person at a terminal.
///
/// @param console where the question is asked
/// @param store of the models
/// @param answer the file that keeps the answer
/// @param environment looked up: [#VARIABLE], `CI`
record TuningOffer(
        Console console, ModelStore store, Path answer, Map<String, String> environment) {
    /// With `no` nobody is asked, and tuned copies are not used.
    static final String VARIABLE = "POLYMNIA_TUNE";

    private static final String CI = "CI";

    TuningOffer {
        environment = Map.copyOf(environment);
    }

    /// Makes copies.
    @FunctionalInterface
    interface Making {
        /// Makes a tuned copy of a model and tells the person what it gains.
        void make(LocalModel original, Cancellation cancellation);
    }

    /// Returns whether an environment allows tuned copies.
    static boolean isAllowed(Map<String, String> environment) {
        String word = environment.getOrDefault(VARIABLE, "").strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "no", "false", "0", "off", "never" -> false;
            default -> true;
        };
    }

    /// Returns whether it would be right to ask for a model, as far as can be told without looking
    /// at its file.
    boolean mayAsk(CatalogueEntry entry) {
        return console.typed()
                && console.interactive()
                && console.progress()
                && isAllowed(environment)
                && !isAutomatic(environment.getOrDefault(CI, ""))
                && entry.equals(store.usual())
                && !Files.exists(answer);
    }

    /// Asks if that is right, keeps the answer and has the copy made; blocks until a person has
    /// answered. A copy that cannot be made is told of and is no obstacle.
    ///
    /// @param original whose file is here
    /// @throws Fault `CANCELLED`; `UNAVAILABLE` if the answer cannot be kept
    void make(LocalModel original, Making making, Cancellation cancellation) {
        Optional<Long> bytes = original.entry().filter(this::mayAsk).flatMap(_ -> bytes(original));
        if (bytes.isEmpty()) {
            return;
        }
        Optional<Boolean> said = ask(bytes.get(), cancellation);
        if (said.isEmpty()) {
            return;
        }
        keep(said.get());
        if (!said.get()) {
            tell("It will not be asked again; later: polymnia models tune");
            return;
        }
        try {
            making.make(original, cancellation);
        } catch (Fault fault) {
            if (fault.code() == Fault.Code.CANCELLED) {
                throw fault;
            }
            tell(fault.getMessage());
        }
    }

    /// Returns the size of a copy; empty if there is one, or no use in one, or no room.
    private Optional<Long> bytes(LocalModel original) {
        try {
            return store.tuned().state(original) instanceof TunedCopies.State.None
                            && store.tuned().fits(original)
                    ? Optional.of(store.tuned().estimate(original))
                    : Optional.empty();
        } catch (Fault fault) {
            // Nobody has asked for a copy. Whatever hinders the model itself is told when it is
            // loaded.
            System.getLogger("polymnia").log(System.Logger.Level.DEBUG, "no tuned copy", fault);
            return Optional.empty();
        }
    }

    /// Returns what a person says; empty if they close the input.
    private Optional<Boolean> ask(long bytes, Cancellation cancellation) {
        while (true) {
            console.err()
                    .print(
                            "Make a faster copy for this processor? It takes about a minute and %s. [Y/n] "
                                    .formatted(ConsoleProgress.megabytes(bytes)));
            console.err().flush();
            Optional<String> line = line(cancellation);
            if (line.isEmpty()) {
                tell("");
                return Optional.empty();
            }
            switch (line.get().strip().toLowerCase(Locale.ROOT)) {
                case "", "y", "yes" -> {
                    return Optional.of(true);
                }
                case "n", "no" -> {
                    return Optional.of(false);
                }
                default -> tell("Please answer y or n.");
            }
        }
    }

    /// Reads a line on a thread of its own, because reading from a terminal cannot be interrupted.
    private Optional<String> line(Cancellation cancellation) {
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("polymnia-question")
                .start(() -> {
                    try {
                        line.complete(line(console.in()));
                    } catch (IOException e) {
                        line.completeExceptionally(e);
                    }
                });
        try (var _ = cancellation.onRequest(() -> line.cancel(false))) {
            return line.join();
        } catch (CancellationException e) {
            throw new Fault(Fault.Code.CANCELLED, "The question was not answered.", e);
        } catch (CompletionException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "The standard input cannot be read: " + e, e);
        }
    }

    /// Takes no byte more than the line, as the rest is for whoever reads next.
    private static Optional<String> line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = in.read();
        }
        return Optional.of(line.toString());
    }

    private void keep(boolean yes) {
        try {
            Files.createDirectories(answer.resolveSibling(""));
            Files.writeString(answer, yes ? "yes\n" : "no\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Cannot write to %s (%s). Make its folder writable, or set %s=no."
                            .formatted(answer, e.getClass().getSimpleName(), VARIABLE),
                    e);
        }
    }

    private void tell(String words) {
        console.err().println(words);
        console.err().flush();
    }

    private static boolean isAutomatic(String ci) {
        return !ci.isBlank() && !ci.strip().equalsIgnoreCase("false");
    }
}
