package dev.polymnia.bench;

import dev.polymnia.core.Cancellation;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;

/// Loads the model that is measured.
public final class Loading {
    private Loading() {}

    /// Loads a model of the catalogue, fetched before if need be, or a GGUF file.
    ///
    /// @param name empty for the default
    static LlamaModel load(String name) {
        return load(find(name));
    }

    /// Finds a model of the catalogue, fetched before if need be, or a GGUF file.
    ///
    /// @param name empty for the default
    public static LocalModel find(String name) {
        ModelStore store = ModelStore.ofThisMachine();
        String wanted = name.isEmpty() ? store.catalogue().defaultEntry().name() : name;
        if (!ModelStore.isPath(wanted)) {
            store.fetch(store.catalogue().find(wanted), Progress.NONE, new Cancellation());
        }
        return store.resolve(wanted);
    }

    /// Loads a model with the engine's own choices.
    public static LlamaModel load(LocalModel model) {
        return LlamaModel.load(
                LibraryFolder.ofThisMachine(Progress.NONE, new Cancellation()),
                model,
                LlamaOptions.DEFAULT);
    }
}
