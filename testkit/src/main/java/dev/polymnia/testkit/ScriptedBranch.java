package dev.polymnia.testkit;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.Demands;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A branch of a scripted model. [#step] and [#finish] are called by whoever steps the model, one
/// call at a time; the rest is thread-safe.
final class ScriptedBranch implements Branch {
    private record Word(Channel channel, String text) {}

    private final ScriptedModel model;
    private @Nullable Course course;
    private @Nullable BranchResult result;
    private @Nullable Fault failure;
    private boolean running;
    private boolean cancelled;
    private boolean closed;
    private List<String> held = List.of();

    ScriptedBranch(ScriptedModel model) {
        this.model = model;
    }

    void begin(List<String> tokens, BranchRequest request, BranchListener listener) {
        Demands.check(request, model.info());
        List<String> prompt = model.checkedTokens(request.prompt());
        Reply reply = model.reply(request);
        synchronized (this) {
            int cached = Math.min(ScriptedModel.commonPrefix(tokens, prompt), prompt.size() - 1);
            course = new Course(request, listener, reply, prompt, cached);
            result = null;
            failure = null;
            cancelled = false;
            running = true;
        }
        model.enter(this);
    }

    @Override
    public void resume(BranchRequest request, BranchListener listener) {
        List<String> tokens;
        synchronized (this) {
            if (running || closed) {
                throw new IllegalStateException(
                        running ? "the branch still runs" : "the branch is closed");
            }
            tokens = held;
        }
        begin(tokens, request, listener);
    }

    /// Says one token.
    ///
    /// @return whether the branch goes on
    boolean step() {
        Course now;
        boolean stop;
        synchronized (this) {
            now = requireNonNull(course);
            stop = cancelled;
        }
        try {
            return now.advance(stop);
        } catch (RuntimeException e) {
            now.fail(BranchLife.faultOf(e));
            return false;
        }
    }

    /// Tells the end. Is called once the branch is no longer among the live ones.
    void finish() {
        Course now = requireNonNull(course);
        now.tellEnd();
        synchronized (this) {
            held = now.tokens();
            result = now.result;
            failure = now.failure;
            running = false;
            notifyAll();
        }
    }

    @Override
    public synchronized BranchResult await() {
        while (running) {
            try {
                wait();
            } catch (InterruptedException e) {
                cancelled = true;
                Thread.currentThread().interrupt();
                throw new Fault(Fault.Code.CANCELLED, "The thread that awaits was interrupted.", e);
            }
        }
        if (failure != null) {
            throw new Fault(failure.code(), failure.getMessage(), failure);
        }
        return requireNonNull(result);
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
    }

    @Override
    public synchronized void close() {
        cancelled = true;
        closed = true;
    }

    /// One start or continuation. Confined to the thread that steps.
    private static final class Course {
        private final GenerationOptions options;
        private final BranchListener listener;
        private final Reply reply;
        private final List<String> prompt;
        private final int cached;
        private final List<Word> words = new ArrayList<>();
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder text;
        private final StopReason ending;
        private int said = -1;
        private int generated;
        private @Nullable StopReason reason;
        private @Nullable BranchResult result;
        private @Nullable Fault failure;

        Course(
                BranchRequest request,
                BranchListener listener,
                Reply reply,
                List<String> prompt,
                int cached) {
            this.options = request.options();
            this.listener = listener;
            this.reply = reply;
            this.prompt = prompt;
            this.cached = cached;
            this.text = new StringBuilder(request.prompt().beginning());
            for (String word : ScriptedModel.tokens(reply.reasoning())) {
                words.add(new Word(Channel.REASONING, word));
            }
            int cut = firstStop();
            ending = cut < reply.text().length() ? StopReason.STOP_STRING : ownEnd();
            for (String word : ScriptedModel.tokens(reply.text().substring(0, cut))) {
                words.add(new Word(Channel.ANSWER, word));
            }
        }

        private StopReason ownEnd() {
            return reply.calls().isEmpty() ? StopReason.END : StopReason.TOOL_CALL;
        }

        private int firstStop() {
            return options.stops().stream()
                    .mapToInt(reply.text()::indexOf)
                    .filter(at -> at >= 0)
                    .min()
                    .orElse(reply.text().length());
        }

        boolean advance(boolean cancelled) {
            if (cancelled || options.cancellation().isRequested()) {
                return stop(StopReason.CANCELLED);
            }
            if (options.meter().isTimeUp()) {
                return stop(StopReason.BUDGET_TIME);
            }
            if (said < 0) {
                said = 0;
                listener.on(new BranchEvent.Started(cached, prompt.size() - cached));
                return true;
            }
            if (said == reply.failsAfter()) {
                throw new Fault(Fault.Code.INTERNAL, "The script fails after " + said + " tokens.");
            }
            if (generated == options.maxTokens()) {
                return stop(StopReason.LENGTH);
            }
            if (options.meter().reserve(1) == 0) {
                return stop(StopReason.BUDGET_TOKENS);
            }
            generated++;
            return said < words.size() ? say(words.get(said++)) : end();
        }

        private boolean end() {
            if (ending == StopReason.TOOL_CALL) {
                reply.calls().forEach(call -> listener.on(new BranchEvent.Called(call)));
            }
            return stop(ending);
        }

        private boolean say(Word word) {
            (word.channel() == Channel.ANSWER ? text : reasoning).append(word.text());
            TokenDetail token =
                    ScriptedToken.detail(word.text(), reply.logProbability(), options.detail());
            boolean wanted = options.detail().logProbabilities();
            listener.on(
                    new BranchEvent.Delta(
                            word.channel(), word.text(), wanted ? List.of(token) : List.of()));
            if (options.stopHook().stopsAfter(token)) {
                return stop(StopReason.STOP_HOOK);
            }
            return generated < options.maxTokens() || stop(StopReason.LENGTH);
        }

        private boolean stop(StopReason value) {
            reason = value;
            return false;
        }

        void fail(Fault value) {
            failure = value;
        }

        void tellEnd() {
            Fault broken = failure;
            BranchResult ended = broken == null ? ended() : null;
            try {
                if (broken != null) {
                    listener.on(
                            new BranchEvent.Failed(broken.code(), broken.getMessage(), usage()));
                } else if (ended != null) {
                    listener.on(new BranchEvent.Ended(ended));
                }
                result = ended;
            } catch (RuntimeException e) {
                failure = BranchLife.faultOf(e);
            }
        }

        private BranchResult ended() {
            List<Content> parts = new ArrayList<>();
            if (!reasoning.isEmpty()) {
                parts.add(new Content.Reasoning(reasoning.toString()));
            }
            parts.add(new Content.Text(text.toString()));
            if (reason == StopReason.TOOL_CALL) {
                parts.addAll(reply.calls());
            }
            return new BranchResult(
                    new Message(Role.ASSISTANT, parts),
                    requireNonNull(reason),
                    usage(),
                    options.detail().logProbabilities() && generated > 0
                            ? reply.logProbability()
                            : Double.NaN);
        }

        private Usage usage() {
            return said < 0 ? Usage.NONE : new Usage(cached, prompt.size() - cached, generated);
        }

        List<String> tokens() {
            List<String> all = new ArrayList<>(prompt);
            all.addAll(ScriptedModel.tokens(text.toString()));
            return all;
        }
    }
}
