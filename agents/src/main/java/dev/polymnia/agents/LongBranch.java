package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The branch of an agent that is run on several times. Its words are told as one stream; of its
/// ends only the sums. Confined to the run's thread.
final class LongBranch implements AutoCloseable {
    private static final int AGENT = 0;

    private final Run run;
    private final Trunk trunk;
    private @Nullable Branch branch;
    private Usage spent = Usage.NONE;
    private double logProbabilities;
    private StopReason reason = StopReason.CANCELLED;

    LongBranch(Run run, Trunk trunk) {
        this.run = run;
        this.trunk = trunk;
    }

    /// Starts the branch, or runs it on, and waits for its end.
    ///
    /// @param channel where its words go
    /// @throws Fault as the model failed, or `CANCELLED`
    BranchResult run(Prompt prompt, GenerationOptions options, Channel channel) {
        BranchRequest request = new BranchRequest(prompt, options);
        BranchListener listener = event -> run.take(AGENT, new Run.News.Said(event));
        Branch running = branch;
        if (running == null) {
            running = trunk.fork(request, listener);
            branch = running;
        } else {
            running.resume(request, listener);
        }
        BranchResult result = follow(channel);
        // It told its end, but it can be run on only when it has stopped.
        running.await();
        run.request().cancellation().check();
        if (result.reason() == StopReason.CANCELLED) {
            throw new Fault(
                    Fault.Code.CANCELLED, "The model was closed before the answer had ended.");
        }
        return result;
    }

    private BranchResult follow(Channel channel) {
        while (true) {
            if (!(run.next().news() instanceof Run.News.Said(BranchEvent event))) {
                throw new IllegalStateException("this agent runs no program");
            }
            switch (event) {
                case BranchEvent.Delta delta -> tell(channel, delta);
                case BranchEvent.Ended(BranchResult result) -> {
                    settle(result.usage());
                    long tokens = result.usage().generated();
                    logProbabilities += tokens == 0 ? 0 : tokens * result.meanLogProbability();
                    reason = result.reason();
                    return result;
                }
                case BranchEvent.Failed failed -> {
                    settle(failed.usage());
                    throw new Fault(failed.code(), failed.message());
                }
                case BranchEvent.Started _ -> run.settle(trunk);
                case BranchEvent.Called _ -> {}
            }
        }
    }

    private void settle(Usage usage) {
        run.settle(trunk);
        run.account().settle(AGENT, usage);
        spent = spent.plus(usage);
    }

    /// Tells words that were put into the model's mouth.
    void append(Channel channel, String words) {
        tell(channel, new BranchEvent.Delta(channel, words, List.of()));
    }

    private void tell(Channel channel, BranchEvent.Delta delta) {
        run.tell(
                AGENT,
                new Event.Told(new BranchEvent.Delta(channel, delta.text(), delta.tokens())));
    }

    /// Returns what all parts have spent.
    Usage spent() {
        return spent;
    }

    /// Returns why the last part stopped.
    StopReason reason() {
        return reason;
    }

    /// Returns the mean probability of all tokens; NaN if the model does not tell.
    double confidence() {
        return spent.generated() == 0 ? Double.NaN : Math.exp(logProbabilities / spent.generated());
    }

    @Override
    public void close() {
        Branch open = branch;
        if (open != null) {
            open.close();
        }
    }
}
