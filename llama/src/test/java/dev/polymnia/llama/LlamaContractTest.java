package dev.polymnia.llama;

import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.testkit.BranchingModelContract;

/// Real weights keep the contract.
final class LlamaContractTest extends BranchingModelContract {
    @Override
    protected BranchingModel model() {
        return TestModel.model();
    }

    /// What is in memory already was read in other chunks, and kernels round differently for them:
    /// see [LlamaModelTest], which compares scores.
    @Override
    protected int exactCharacters() {
        return 6;
    }
}
