package dev.polymnia.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Digest;
import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunResult;
import dev.polymnia.agents.Suspended;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import java.time.Duration;
import java.util.Optional;

/// Has requests of LangChain4j answered. As they carry the whole conversation each time, a run that
/// waits for tools is found by the ids of its calls. Thread-safe.
final class Asking {
    /// How long a run waits for its tools' results, and how many do.
    private static final Duration KEPT = Duration.ofMinutes(15);

    private static final int MOST_WAITING = 1000;

    private final Assistant assistant;
    private final String model;
    private final Requests requests;
    private final PolymniaOptions options;
    private final SuspendedRuns waiting = new SuspendedRuns(Clock.SYSTEM, KEPT, MOST_WAITING);

    Asking(Assistant assistant, ModelInfo info, PolymniaOptions options) {
        this.assistant = assistant;
        model = info.name();
        this.options = options;
        requests = new Requests(model, options);
    }

    PolymniaOptions options() {
        return options;
    }

    /// What an answer is told to as it comes.
    interface Hearer {
        void thoughts(String words);

        void words(String words);
    }

    /// A request at work.
    ///
    /// @param run is closed by [#finish]
    record Asked(Leg leg, BackgroundRun run, Course course) {}

    /// Starts the answer to a request and returns at once.
    ///
    /// @param hearer is told on the run's thread
    Asked start(ChatRequest request, Hearer hearer) {
        Leg leg = Leg.of(requests.of(request), waiting);
        Course course = new Course(leg, options.events(), hearer);
        return new Asked(leg, assistant.start(leg, waiting, course), course);
    }

    /// Waits for the end of a request's run.
    ///
    /// @throws Fault as the run failed
    ChatResponse finish(Asked asked) {
        try (BackgroundRun run = asked.run()) {
            RunResult result = run.await();
            if (result instanceof Suspended suspended) {
                waiting.keep(suspended);
            }
            return response(asked, result);
        }
    }

    private ChatResponse response(Asked asked, RunResult result) {
        Course course = asked.course();
        AiMessage.Builder message = AiMessage.builder();
        if (!course.thoughts.isEmpty()) {
            message.thinking(course.thoughts.toString());
        }
        String words = course.words.toString().strip();
        FinishReason reason =
                switch (result) {
                    case RunResult.Answered(Outcome outcome) -> {
                        message.text(asked.leg().goesOn() ? words : outcome.text());
                        yield outcome.partial() ? FinishReason.LENGTH : FinishReason.STOP;
                    }
                    case Suspended suspended -> {
                        if (!words.isEmpty()) {
                            message.text(words);
                        }
                        message.toolExecutionRequests(
                                suspended.toolCalls().stream().map(Asking::call).toList());
                        yield FinishReason.TOOL_EXECUTION;
                    }
                };
        return ChatResponse.builder()
                .aiMessage(message.build())
                .id(asked.leg().request().run())
                .modelName(model)
                .tokenUsage(usage(asked.leg().used(course.ledger.orElseThrow())))
                .finishReason(reason)
                .build();
    }

    static ToolExecutionRequest call(Content.ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(call.arguments())
                .build();
    }

    private static TokenUsage usage(Usage used) {
        return new TokenUsage(Math.toIntExact(used.prompt()), Math.toIntExact(used.generated()));
    }

    /// Returns what a fault is for LangChain4j.
    static LangChain4jException exception(Fault fault) {
        String message = fault.getMessage();
        return switch (fault.code()) {
            case INVALID, UNSUPPORTED, CONTEXT_FULL, BUDGET_SPENT ->
                    new InvalidRequestException(message, fault);
            case NOT_FOUND -> new ModelNotFoundException(message, fault);
            case OVERLOADED -> new RateLimitException(message, fault);
            case UNAVAILABLE, CORRUPT, INTERNAL -> new InternalServerException(message, fault);
            case CANCELLED -> new LangChain4jException(message, fault);
        };
    }

    /// What is told in one leg. Confined to the run's thread until the leg is over.
    static final class Course implements RunListener {
        private final RunListener events;
        private final Hearer hearer;
        private final StringBuilder thoughts = new StringBuilder();
        private final StringBuilder words = new StringBuilder();
        private final Digest digest;
        private Optional<Ledger> ledger = Optional.empty();

        private Course(Leg leg, RunListener events, Hearer hearer) {
            this.events = events;
            this.hearer = hearer;
            digest = new Digest(leg);
        }

        @Override
        public void on(RunEvent event) {
            events.on(event);
            digest.thoughts(event)
                    .ifPresent(more -> {
                        thoughts.append(more);
                        hearer.thoughts(more);
                    });
            digest.words(event)
                    .ifPresent(more -> {
                        words.append(more);
                        hearer.words(more);
                    });
            if (event.event() instanceof Event.Suspended suspended) {
                ledger = Optional.of(suspended.ledger());
            }
            if (event.event() instanceof Event.RunFinished finished) {
                ledger = Optional.of(finished.ledger());
            }
        }
    }
}
