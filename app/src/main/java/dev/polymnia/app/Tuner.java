package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.llama.Quantizer;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.TunedCopies;
import dev.polymnia.models.TunedDraft;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;

/// Makes a tuned copy of a model, measures what it gains, and keeps it if it is faster. Only one
/// model is loaded at a time. Whatever goes wrong, nothing half-made is left.
///
/// @param console is told what is done
/// @param copies where the copy goes
/// @param writer writes it
/// @param meter measures a model; blocks
record Tuner(Console console, TunedCopies copies, Writer writer, Meter meter) {
    /// From here on eight agents are clearly faster: less is within what two measurements differ.
    private static final double LEAST_PERCENT = 3;

    /// Writes copies.
    @FunctionalInterface
    interface Writer {
        /// Writes the weights of a model into the place of a draft.
        void write(LocalModel original, TunedDraft draft, Cancellation cancellation);
    }

    /// Measures models.
    @FunctionalInterface
    interface Meter {
        /// Measures a model that nobody has loaded.
        Speeds measure(LocalModel model, Cancellation cancellation);
    }

    /// Returns one that uses this program and the engine.
    static Tuner ofThisProgram(Console console, TunedCopies copies, NativeLibraries libraries) {
        Copying copying = Copying.ofThisProgram();
        return new Tuner(
                console,
                copies,
                (original, draft, cancellation) -> {
                    Growth growth = new Growth(console, original.name(), copies.estimate(original));
                    copying.write(original.path(), draft.path(), growth::at, cancellation);
                    growth.over();
                },
                (model, cancellation) -> {
                    try (LlamaModel loaded =
                            LlamaModel.load(libraries, model, LlamaOptions.DEFAULT)) {
                        return new SpeedTest(loaded).measure(cancellation);
                    }
                });
    }

    /// Makes a copy; blocks for about a minute for each gigabyte.
    ///
    /// @param original as [dev.polymnia.models.ModelStore#resolve] returns it
    /// @param always whether the copy is kept even if it is not faster
    /// @param out gets the figures
    /// @return whether the copy was kept
    /// @throws dev.polymnia.core.Fault as [TunedCopies#draft] and the engine say; `CANCELLED`
    boolean tune(LocalModel original, boolean always, PrintWriter out, Cancellation cancellation) {
        copies.estimate(original);
        try (TunedDraft draft = draft(original, cancellation)) {
            Speeds before = measured("model as it is", original, cancellation);
            line(out, "before", before.toString());
            writer.write(original, draft, cancellation);
            cancellation.check();
            Speeds after;
            // Loading cannot be interrupted and may outlast the patience of whoever interrupts.
            try (var _ = cancellation.onRequest(draft::discard)) {
                after = measured("copy", draft.model(), cancellation);
            }
            line(out, "after", after.toString());
            line(
                    out,
                    "size",
                    "%s, and %s for the copy".formatted(size(original), size(draft.model())));
            OptionalDouble gain = after.gainOver(before);
            boolean gains = gain.orElse(0) >= LEAST_PERCENT;
            if (!gains && !always) {
                line(out, "gain", words(gain) + "; the copy was deleted, --keep would keep it");
                return false;
            }
            keep(draft, cancellation);
            line(out, "gain", words(gain) + "; the copy is used from now on");
            line(
                    out,
                    "undo",
                    "polymnia models rm --tuned %s%s"
                            .formatted(
                                    original.address(),
                                    gains ? "" : ", which is better if it is no faster"));
            return true;
        } finally {
            console.status("");
        }
    }

    private TunedDraft draft(LocalModel original, Cancellation cancellation) {
        ConsoleProgress reading = new ConsoleProgress(console, "Reading", Clock.SYSTEM);
        try {
            return copies.draft(original, reading, cancellation);
        } finally {
            reading.clear();
        }
    }

    private void keep(TunedDraft draft, Cancellation cancellation) {
        ConsoleProgress reading = new ConsoleProgress(console, "Reading", Clock.SYSTEM);
        try {
            draft.keep(Quantizer.ENGINE, reading, cancellation);
        } finally {
            reading.clear();
        }
    }

    private Speeds measured(String what, LocalModel model, Cancellation cancellation) {
        cancellation.check();
        console.status("Measuring the " + what + " …");
        Speeds speeds = meter.measure(model, cancellation);
        cancellation.check();
        console.status("");
        return speeds;
    }

    private static String size(LocalModel model) {
        return ConsoleProgress.megabytes(model.path().toFile().length());
    }

    private static String words(OptionalDouble gain) {
        if (gain.isEmpty()) {
            return "unknown, as too little was said in the time; does something else use the"
                    + " cores?";
        }
        double percent = gain.getAsDouble();
        String words =
                String.format(
                        Locale.ROOT,
                        "8 agents are %.0f %% %s",
                        Math.abs(percent),
                        percent < 0 ? "slower" : "faster");
        return percent < LEAST_PERCENT ? "none to speak of: " + words : words;
    }

    private static void line(PrintWriter out, String key, String value) {
        out.println("%-8s %s".formatted(key, value));
        out.flush();
    }

    /// Shows how a file grows.
    private static final class Growth {
        private final ConsoleProgress progress;
        private long shown;

        private Growth(Console console, String name, long bytes) {
            progress = new ConsoleProgress(console, "Copying", Clock.SYSTEM);
            progress.begin(name, bytes, 0);
        }

        private void at(long bytes) {
            if (bytes > shown) {
                progress.advance(bytes - shown);
                shown = bytes;
            }
        }

        private void over() {
            progress.clear();
        }
    }
}
