package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/// Finds, fetches and loads what answers: a model and the libraries it runs on.
///
/// @param console is told of transfers
/// @param store of the model files
record Backend(Console console, ModelStore store) {
    private static final String PROCESSOR = "cpu";

    static Backend ofThisMachine(Console console) {
        return new Backend(console, ModelStore.ofThisMachine());
    }

    /// Offers a person a tuned copy of the default model, if that is what is to be loaded and
    /// nobody was asked before; then fetches the model and the libraries first.
    ///
    /// @param nameOrPath a catalogue name or a GGUF file; empty for the default
    void offerTuning(Optional<String> nameOrPath, Cancellation cancellation) {
        if (nameOrPath.filter(ModelStore::isPath).isPresent()) {
            return;
        }
        TuningOffer offer =
                new TuningOffer(
                        console,
                        store,
                        CacheFolder.ofThisMachine().tuned().resolve(".answer"),
                        System.getenv());
        if (!offer.mayAsk(entry(nameOrPath))) {
            return;
        }
        LocalModel original = model(nameOrPath, cancellation);
        NativeLibraries libraries = libraries(cancellation);
        if (libraries.device().equals(PROCESSOR)) {
            Tuner tuner = Tuner.ofThisProgram(console, store.tuned(), libraries);
            offer.make(
                    original,
                    (model, stop) -> tuner.tune(model, false, console.err(), stop),
                    cancellation);
        }
    }

    /// Loads a model, or its tuned copy if there is one; fetches the model and the libraries first
    /// if they are not here.
    ///
    /// @param nameOrPath a catalogue name or a GGUF file; empty for the default
    /// @return the model; the caller closes it
    LlamaModel load(Optional<String> nameOrPath, Cancellation cancellation) {
        return load(nameOrPath, LlamaOptions.DEFAULT, cancellation);
    }

    /// Loads a model as [#load(Optional, Cancellation)], to be run in a certain way.
    LlamaModel load(Optional<String> nameOrPath, LlamaOptions options, Cancellation cancellation) {
        return load(find(nameOrPath, cancellation), options, cancellation);
    }

    /// Returns a model's file, or that of its tuned copy if there is one; fetches it first if it is
    /// not here.
    ///
    /// @param nameOrPath a catalogue name or a GGUF file; empty for the default
    LocalModel find(Optional<String> nameOrPath, Cancellation cancellation) {
        return preferred(model(nameOrPath, cancellation));
    }

    /// Returns the most memory that a model takes when the size of its context is left to the
    /// engine.
    static long mostBytes(LocalModel model) {
        try {
            return mostBytes(Files.size(model.path()));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The file of %s cannot be read: %s".formatted(model.name(), e.getMessage()),
                    e);
        }
    }

    /// Returns the same of a file that need not be here.
    ///
    /// @param file its size in bytes
    static long mostBytes(long file) {
        return file + LlamaOptions.DEFAULT_CONTEXT_BYTES;
    }

    /// Loads a file; fetches the libraries first if they are not here.
    LlamaModel load(LocalModel model, LlamaOptions options, Cancellation cancellation) {
        NativeLibraries libraries = libraries(cancellation);
        cancellation.check();
        Milestones.reached("loading", console.err());
        console.status("Loading " + model.name() + " …");
        try {
            LlamaModel loaded = LlamaModel.load(libraries, model, options);
            Milestones.reached("loaded", console.err());
            return loaded;
        } finally {
            console.status("");
        }
    }

    /// Checks that there is such a model, here or in the catalogue; fetches nothing.
    ///
    /// @param nameOrPath a catalogue name or a GGUF file; empty for the default
    /// @throws dev.polymnia.core.Fault `NOT_FOUND` if there is not
    void check(Optional<String> nameOrPath) {
        if (nameOrPath.isPresent() && ModelStore.isPath(nameOrPath.get())) {
            store.resolve(nameOrPath.get());
        } else {
            entry(nameOrPath);
        }
    }

    /// Returns whether the default model is here.
    boolean hasUsual() {
        return store.isInstalled(store.usual());
    }

    /// Returns whether a model of the catalogue is here.
    boolean has(String name) {
        return store.installed().stream().anyMatch(model -> model.name().equals(name));
    }

    private LocalModel model(Optional<String> nameOrPath, Cancellation cancellation) {
        if (nameOrPath.isPresent() && ModelStore.isPath(nameOrPath.get())) {
            return store.resolve(nameOrPath.get());
        }
        CatalogueEntry entry = entry(nameOrPath);
        store.fetch(entry, new ConsoleProgress(console), cancellation);
        return store.resolve(entry.name());
    }

    private CatalogueEntry entry(Optional<String> name) {
        return name.map(store.catalogue()::find).orElseGet(store::usual);
    }

    private LocalModel preferred(LocalModel original) {
        return TuningOffer.isAllowed(System.getenv())
                ? store.tuned().preferred(original, new ConsoleProgress(console))
                : original;
    }

    private NativeLibraries libraries(Cancellation cancellation) {
        return LibraryFolder.ofThisMachine(new ConsoleProgress(console), cancellation);
    }
}
