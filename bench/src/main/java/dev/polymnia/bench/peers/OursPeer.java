package dev.polymnia.bench.peers;

import static java.util.stream.Collectors.toMap;

import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.llama.LlamaModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The engine of this program, in this process. Does not own the model.
final class OursPeer implements Peer {
    /// How both peers draw: what llama-server does by default, without its penalties.
    static final Sampling SAMPLING = new Sampling(0.8, 40, 0.95, 0.05, 1);

    private final LlamaModel model;

    /// Keeps answers from ending early, as llama-server's `ignore_eos` does.
    private final Map<Integer, Double> endless;

    OursPeer(LlamaModel model) {
        this.model = model;
        endless =
                model.endTokens().stream()
                        .collect(toMap(token -> token, _ -> -GenerationOptions.STRONGEST_BIAS));
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public ProcessHandle process() {
        return ProcessHandle.current();
    }

    @Override
    public long read() {
        return model.statistics().readRows();
    }

    @Override
    public Talk start(Ask ask) {
        Talk talk = new Talk();
        Thread.ofVirtual()
                .name("ask")
                .start(() -> {
                    try {
                        model.generate(request(ask, talk), listener(talk));
                    } catch (RuntimeException e) {
                        talk.fail(e.toString());
                    }
                });
        return talk;
    }

    @Override
    public Beginning open(Prompt prompt) {
        return new Shared(model.open(prompt));
    }

    @Override
    public Conversation converse(boolean held) {
        return held ? new Held() : new Separate();
    }

    /// Returns how many tokens a prompt has. The engine may begin to read it for nothing, so this
    /// is not for the time that is measured.
    int count(Prompt prompt) {
        try (Trunk trunk = model.open(prompt)) {
            return trunk.tokens();
        }
    }

    private BranchRequest request(Ask ask, Talk talk) {
        GenerationOptions options =
                GenerationOptions.DEFAULT
                        .withSampling(SAMPLING)
                        .withSeed(ask.seed())
                        .withMaxTokens(ask.tokens())
                        .withLogitBias(endless)
                        .withDetail(ask.everyToken() ? Detail.LOG_PROBABILITIES : Detail.NONE)
                        .withCancellation(talk.cancellation());
        return new BranchRequest(ask.prompt(), options);
    }

    private static BranchListener listener(Talk talk) {
        return event -> {
            switch (event) {
                case BranchEvent.Started _, BranchEvent.Called _ -> {}
                case BranchEvent.Delta delta -> talk.words(delta.text());
                case BranchEvent.Ended ended -> end(talk, ended.result());
                case BranchEvent.Failed failed -> talk.fail(failed.code() + " " + failed.message());
            }
        };
    }

    private static void end(Talk talk, BranchResult result) {
        talk.end(
                new Reply.Counts((int) result.usage().prompt(), (int) result.usage().generated()),
                result.reason().name());
    }

    private final class Shared implements Beginning {
        private final Trunk trunk;

        Shared(Trunk trunk) {
            this.trunk = trunk;
        }

        @Override
        public List<Talk> fork(List<Ask> asks) {
            List<Talk> talks = new ArrayList<>();
            List<Trunk.Fork> forks = new ArrayList<>();
            for (Ask ask : asks) {
                Talk talk = new Talk();
                talks.add(talk);
                forks.add(new Trunk.Fork(request(ask, talk), listener(talk)));
            }
            trunk.forkAll(forks); // they are closed with the trunk
            return talks;
        }

        @Override
        public void close() {
            trunk.close();
        }
    }

    private final class Separate implements Conversation {
        @Override
        public Talk say(Ask ask) {
            return start(ask);
        }

        @Override
        public void close() {}
    }

    /// Goes on with one branch, so that a turn reads only what is new.
    private final class Held implements Conversation {
        private @Nullable Trunk trunk;
        private @Nullable Branch branch;

        @Override
        public Talk say(Ask ask) {
            Talk talk = new Talk();
            Branch before = branch;
            if (before != null) {
                before.await(); // its end has been told, but it may not have returned from telling
                before.resume(request(ask, talk), listener(talk));
                return talk;
            }
            Trunk opened = model.open(ask.prompt());
            trunk = opened;
            branch = opened.fork(request(ask, talk), listener(talk));
            return talk;
        }

        @Override
        public void close() {
            if (trunk != null) {
                trunk.close();
            }
        }
    }
}
