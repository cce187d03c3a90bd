package dev.polymnia.remote;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.models.Catalogue;
import dev.polymnia.testkit.BranchingModelContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/// Somebody else's server keeps the contract: llama.cpp's.
final class RemoteContractTest extends BranchingModelContract {
    private static @Nullable RemoteModel model;

    @BeforeEach
    void waitUntilTheServerIsIdle() {
        String url = LlamaServer.idleUrl();
        if (model == null) {
            model =
                    RemoteModel.connect(
                            RemoteOptions.of(url),
                            name -> Catalogue.builtIn().defaultEntry().profile(),
                            new Cancellation());
        }
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @Override
    protected BranchingModel model() {
        return requireNonNull(model);
    }
}
