package dev.polymnia.app;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import java.util.List;

/// Says the same words to everything, at once: what [RehearseCommand] asks in place of a model.
///
/// @param info what it says of itself
/// @param words its answer
record EchoModel(ModelInfo info, String words) implements BranchingModel {
    @Override
    public Trunk open(Prompt prompt) {
        return new EchoTrunk(result());
    }

    @Override
    public void close() {}

    private BranchResult result() {
        Message message = Message.assistant(words);
        return new BranchResult(message, StopReason.END, new Usage(0, 1, 1), 0);
    }

    private record EchoTrunk(BranchResult result) implements Trunk {
        @Override
        public int tokens() {
            return 1;
        }

        @Override
        public Branch fork(BranchRequest request, BranchListener listener) {
            Branch branch = new EchoBranch(result);
            branch.resume(request, listener);
            return branch;
        }

        @Override
        public void close() {}
    }

    private record EchoBranch(BranchResult result) implements Branch {
        @Override
        public BranchResult await() {
            return result;
        }

        @Override
        public void resume(BranchRequest request, BranchListener listener) {
            listener.on(new BranchEvent.Started(0, 1));
            listener.on(new BranchEvent.Delta(Channel.ANSWER, result.message().text(), List.of()));
            listener.on(new BranchEvent.Ended(result));
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
