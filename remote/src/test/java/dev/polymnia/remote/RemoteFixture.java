package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.models.Catalogue;
import dev.polymnia.testkit.FakeServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/// A fake endpoint and models that are connected to it, closed after each test.
abstract class RemoteFixture {
    static final Prompt PROMPT =
            Prompt.of(Message.system("Be short."), Message.user("What is 6 times 7?"));
    static final GenerationOptions OPTIONS = GenerationOptions.DEFAULT.withMaxTokens(20);

    final FakeServer server = new FakeServer();
    final Told told = new Told();
    private final List<RemoteModel> models = new ArrayList<>();

    @AfterEach
    void closeAll() {
        models.forEach(RemoteModel::close);
        server.close();
    }

    /// Returns what a model of no known name gets, so that what is calibrated for another does not
    /// change these tests.
    static ModelProfile instructed() {
        return Catalogue.builtIn().profileForServed("tiny");
    }

    static JsonNode json(FakeServer.Call call) {
        try {
            return ObjectMappers.jsonMapper().readTree(call.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(call.body(), e);
        }
    }

    RemoteOptions options() {
        return RemoteOptions.of(server.url())
                .withTimeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    RemoteModel model() {
        return model(options());
    }

    RemoteModel model(RemoteOptions options) {
        return model(options, name -> instructed());
    }

    RemoteModel model(RemoteOptions options, Function<String, ModelProfile> profiles) {
        RemoteModel model = RemoteModel.connect(options, profiles, new Cancellation(), Map.of());
        models.add(model);
        return model;
    }

    /// Connects to several endpoints.
    RemoteModel several(Clock clock, RemoteOptions... endpoints) {
        RemoteModel model =
                RemoteModel.connect(
                        List.of(endpoints),
                        name -> instructed(),
                        new Cancellation(),
                        Map.of(),
                        clock);
        models.add(model);
        return model;
    }

    BranchResult ask(RemoteModel model) {
        return ask(model, OPTIONS);
    }

    BranchResult ask(RemoteModel model, GenerationOptions options) {
        return model.generate(new BranchRequest(PROMPT, options), told);
    }

    static void assertFault(Fault.Code code, ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            org.assertj.core.api.Assertions.assertThat(fault.code())
                                    .as(fault.getMessage())
                                    .isEqualTo(code);
                            org.assertj.core.api.Assertions.assertThat(fault.getMessage())
                                    .contains(words);
                        });
    }

    /// Keeps what is told. Thread-safe.
    static final class Told implements BranchListener {
        private final List<BranchEvent> events = new ArrayList<>();

        @Override
        public synchronized void on(BranchEvent event) {
            events.add(event);
            notifyAll();
        }

        synchronized List<BranchEvent> events() {
            return List.copyOf(events);
        }

        String words(Channel channel) {
            return events().stream()
                    .filter(BranchEvent.Delta.class::isInstance)
                    .map(BranchEvent.Delta.class::cast)
                    .filter(delta -> delta.channel() == channel)
                    .map(BranchEvent.Delta::text)
                    .collect(Collectors.joining());
        }

        List<TokenDetail> tokens() {
            return events().stream()
                    .filter(BranchEvent.Delta.class::isInstance)
                    .flatMap(event -> ((BranchEvent.Delta) event).tokens().stream())
                    .toList();
        }

        /// Waits until words have been told.
        synchronized void awaitWords() throws InterruptedException {
            while (events.stream().noneMatch(BranchEvent.Delta.class::isInstance)) {
                wait();
            }
        }
    }
}
