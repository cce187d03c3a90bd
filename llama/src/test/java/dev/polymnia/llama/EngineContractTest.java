package dev.polymnia.llama;

import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.testkit.BranchingModelContract;
import org.junit.jupiter.api.AfterAll;

/// The engine keeps the contract with little room: seven sequences, and less memory than all
/// branches of a test want together.
final class EngineContractTest extends BranchingModelContract {
    private static final LlamaModel MODEL = FakeModel.over(new FakeContext(1100, 8), 32, 8);

    @AfterAll
    static void close() {
        MODEL.close();
    }

    @Override
    protected BranchingModel model() {
        return MODEL;
    }
}
