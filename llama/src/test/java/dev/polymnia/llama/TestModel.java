package dev.polymnia.llama;

import dev.polymnia.core.Cancellation;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// The smallest model of the catalogue with real weights, fetched once into the user's cache by the
/// product's own means, and loaded once for all tests of this process. It computes on one thread:
/// the threads of llama.cpp spin while they wait for each other, which on a machine that does
/// something else besides costs a hundred times what the second one gains.
final class TestModel {
    static final LlamaOptions OPTIONS =
            LlamaOptions.DEFAULT
                    .withContextTokens(2048)
                    .withSequences(24)
                    .withThreads(1)
                    .withReading(64, 16)
                    .withDrafts(-1);

    private TestModel() {}

    private static final class Loaded {
        static final NativeLibraries LIBRARIES =
                LibraryFolder.ofThisMachine(Progress.NONE, new Cancellation());
        static final LocalModel FILE = fetch();
        static final Tap TAP = new Tap();
        static final LlamaModel MODEL = ModelLoading.load(LIBRARIES, FILE, OPTIONS, TAP::over);
    }

    /// Returns the model; nobody closes it.
    static LlamaModel model() {
        return Loaded.MODEL;
    }

    static NativeLibraries libraries() {
        return Loaded.LIBRARIES;
    }

    static LocalModel file() {
        return Loaded.FILE;
    }

    /// Returns a copy of the scores from which the latest token was drawn; for listeners, which are
    /// called on the engine's thread.
    static float[] latestScores() {
        return Loaded.TAP.latest.clone();
    }

    private static LocalModel fetch() {
        ModelStore store = ModelStore.ofThisMachine();
        String name = "smollm2-135m";
        Path _ = store.fetch(store.catalogue().find(name), Progress.NONE, new Cancellation());
        return store.resolve(name);
    }

    /// Keeps the latest scores. Confined to the engine thread.
    private static final class Tap {
        private float[] latest = {};

        StepContext over(StepContext context) {
            return new StepContext() {
                @Override
                public int cells() {
                    return context.cells();
                }

                @Override
                public int sequences() {
                    return context.sequences();
                }

                @Override
                public void threads(int single, int many) {
                    context.threads(single, many);
                }

                @Override
                public int decode(Rows rows) {
                    return context.decode(rows);
                }

                @Override
                public MemorySegment logits(int row) {
                    MemorySegment scores = context.logits(row);
                    latest = scores.toArray(ValueLayout.JAVA_FLOAT);
                    return scores;
                }

                @Override
                public void share(int from, int to, int tokens) {
                    context.share(from, to, tokens);
                }

                @Override
                public void truncate(int sequence, int tokens) {
                    context.truncate(sequence, tokens);
                }

                @Override
                public void close() {
                    context.close();
                }
            };
        }
    }
}
