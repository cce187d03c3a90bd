package dev.polymnia.testkit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.TokenDetail;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What the parts of the model port's contract share.
abstract class ContractFixture {
    /// A question whose answer is long.
    protected static final Prompt LONG =
            Prompt.of(
                    Message.system("You are a helpful assistant."),
                    Message.user("Write a long story about a fox that lives in a wood."));

    static final GenerationOptions SHORT = GenerationOptions.DEFAULT.withMaxTokens(12);

    /// Returns the model under test. It stays open; whoever made it closes it.
    protected abstract BranchingModel model();

    /// Asks the model with options.
    BranchResult ask(GenerationOptions options, BranchListener listener) {
        return model().generate(request(LONG, options), listener);
    }

    /// Returns a request.
    protected static BranchRequest request(Prompt prompt, GenerationOptions options) {
        return new BranchRequest(prompt, options);
    }

    static void assertFault(Fault.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).as(fault.getMessage()).isEqualTo(code));
    }

    /// Keeps what a branch tells. Thread-safe.
    protected static final class Recorder implements BranchListener {
        private final List<BranchEvent> events = new ArrayList<>();

        /// Creates an empty recorder.
        public Recorder() {}

        @Override
        public synchronized void on(BranchEvent event) {
            events.add(event);
        }

        /// Returns a copy of what has been told so far.
        public synchronized List<BranchEvent> events() {
            return List.copyOf(events);
        }

        /// Returns the words of a channel.
        public String words(Channel channel) {
            return deltas().stream()
                    .filter(delta -> delta.channel() == channel)
                    .map(BranchEvent.Delta::text)
                    .collect(joining());
        }

        /// Returns the details of all tokens.
        public List<TokenDetail> tokens() {
            return deltas().stream().flatMap(delta -> delta.tokens().stream()).toList();
        }

        private List<BranchEvent.Delta> deltas() {
            return events().stream()
                    .filter(BranchEvent.Delta.class::isInstance)
                    .map(BranchEvent.Delta.class::cast)
                    .toList();
        }
    }
}
