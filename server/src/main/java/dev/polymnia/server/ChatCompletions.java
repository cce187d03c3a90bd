package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers requests for chat completions, in one piece or in a stream. Thread-safe.
///
/// @param assistant answers
/// @param model what it answers with
/// @param mostBytes of a request's body
record ChatCompletions(Assistant assistant, ModelInfo model, int mostBytes) {
    private static final String IGNORED = "Polymnia-Ignored";
    private static final Duration BEAT = Duration.ofSeconds(2);

    /// Answers a request; blocks until all is told.
    void handle(ServerRequest request, ServerResponse response) {
        ChatRequest asked = ChatRequest.of(Bodies.read(request, mostBytes), model);
        if (!asked.ignored().isEmpty()) {
            response.header(IGNORED, String.join(", ", asked.ignored()));
        }
        if (asked.streamed()) {
            stream(asked, response);
            return;
        }
        ChatAnswer answer = new ChatAnswer(asked);
        assistant.answer(asked.run(), answer::on);
        Bodies.send(response, answer.json());
    }

    private void stream(ChatRequest asked, ServerResponse response) {
        BlockingQueue<RunEvent> told = new LinkedBlockingQueue<>();
        try (BackgroundRun run = assistant.start(asked.run(), told::add)) {
            // What is wrong with a question shows at once, while a status can still be sent.
            List<RunEvent> before = List.of(next(told, run), next(told, run));
            if (before.getLast().event() instanceof Event.RunFailed failed) {
                throw new Fault(failed.code(), failed.message());
            }
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            try (OutputStream out = response.outputStream()) {
                ChatStream stream = new ChatStream(asked, out);
                stream.begin();
                for (RunEvent event : before) {
                    stream.write(event);
                }
                tell(stream, run, told);
            } catch (IOException | UncheckedIOException e) {
                // The client has gone; closing the run cancels it.
                System.getLogger("polymnia").log(System.Logger.Level.DEBUG, "a client has gone", e);
            }
        }
    }

    private static void tell(ChatStream stream, BackgroundRun run, BlockingQueue<RunEvent> told)
            throws IOException {
        while (true) {
            RunEvent event = poll(told);
            if (event != null) {
                stream.write(event);
                if (event.event() instanceof Event.RunFinished) {
                    return;
                }
                if (event.event() instanceof Event.RunFailed failed) {
                    stream.fail(new Fault(failed.code(), failed.message()));
                    return;
                }
            } else if (run.isOver() && told.isEmpty()) {
                stream.fail(broken(run));
                return;
            } else {
                stream.beat();
            }
        }
    }

    /// Waits for an event.
    ///
    /// @throws Fault why there is none
    private static RunEvent next(BlockingQueue<RunEvent> told, BackgroundRun run) {
        while (true) {
            boolean over = run.isOver();
            RunEvent event = over ? told.poll() : poll(told);
            if (event != null) {
                return event;
            }
            if (over) {
                throw broken(run);
            }
        }
    }

    /// Returns why a run ended without saying so.
    private static Fault broken(BackgroundRun run) {
        try {
            run.await();
            return new Fault(Fault.Code.INTERNAL, "The run ended without an answer.");
        } catch (Fault fault) {
            return fault;
        }
    }

    private static @Nullable RunEvent poll(BlockingQueue<RunEvent> told) {
        try {
            return told.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The server stops.", e);
        }
    }
}
