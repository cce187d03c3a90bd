package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import java.util.Optional;

/// Finds, fetches and loads what answers: a model and the libraries it runs on.
///
/// @param console is told of transfers
/// @param store of the model files
record Backend(Console console, ModelStore store) {
    static Backend ofThisMachine(Console console) {
        return new Backend(console, ModelStore.ofThisMachine());
    }

    /// Loads a model; fetches it and the libraries first if they are not here.
    ///
    /// @param nameOrPath a catalogue name or a GGUF file; empty for the default
    /// @return the model; the caller closes it
    LlamaModel load(Optional<String> nameOrPath, Cancellation cancellation) {
        LocalModel model = model(nameOrPath, cancellation);
        NativeLibraries libraries =
                LibraryFolder.ofThisMachine(new ConsoleProgress(console), cancellation);
        cancellation.check();
        Milestones.reached("loading", console.err());
        console.status("Loading " + model.name() + " …");
        try {
            LlamaModel loaded = LlamaModel.load(libraries, model, LlamaOptions.DEFAULT);
            Milestones.reached("loaded", console.err());
            return loaded;
        } finally {
            console.status("");
        }
    }

    private LocalModel model(Optional<String> nameOrPath, Cancellation cancellation) {
        if (nameOrPath.isPresent() && ModelStore.isPath(nameOrPath.get())) {
            return store.resolve(nameOrPath.get());
        }
        CatalogueEntry entry = nameOrPath.map(store.catalogue()::find).orElseGet(store::usual);
        store.fetch(entry, new ConsoleProgress(console), cancellation);
        return store.resolve(entry.name());
    }
}
