package dev.polymnia.testkit;

import dev.polymnia.core.model.Embedder;

final class ScriptedEmbedderTest extends EmbedderContract {
    @Override
    protected Embedder embedder() {
        return new ScriptedEmbedder();
    }

    @Override
    protected Embedder another() {
        return new ScriptedEmbedder();
    }
}
