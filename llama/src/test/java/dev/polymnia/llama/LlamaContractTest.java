package dev.polymnia.llama;

import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.testkit.BranchingModelContract;

/// Real weights keep the contract.
final class LlamaContractTest extends BranchingModelContract {
    @Override
    protected BranchingModel model() {
        return TestModel.model();
    }
}
