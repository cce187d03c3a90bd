package dev.polymnia.bench;

import dev.polymnia.core.Cancellation;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;

/// Loads the model that is measured.
final class Loading {
    private Loading() {}

    /// Loads a model of the catalogue, fetched before if need be, or a GGUF file.
    ///
    /// @param name empty for the default
    static LlamaModel load(String name) {
        ModelStore store = ModelStore.ofThisMachine();
        String wanted = name.isEmpty() ? store.catalogue().defaultEntry().name() : name;
        Cancellation cancellation = new Cancellation();
        if (!ModelStore.isPath(wanted)) {
            store.fetch(store.catalogue().find(wanted), Progress.NONE, cancellation);
        }
        return LlamaModel.load(
                LibraryFolder.ofThisMachine(Progress.NONE, cancellation),
                store.resolve(wanted),
                LlamaOptions.DEFAULT);
    }
}
