package dev.polymnia.server;

import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Spender;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Has an inquiry answered, in one piece or in a stream, whatever the API. Thread-safe.
///
/// @param models that answer
/// @param runs records what is answered
record Exchange(Models models, Runs runs) {
    /// The header that names the fields that change nothing.
    static final String IGNORED = "Polymnia-Ignored";

    /// The header that names the quota that leaves a run less than it could spend.
    static final String QUOTA = "Polymnia-Quota";

    private static final Duration BEAT = Duration.ofSeconds(2);

    /// Answers; blocks until all is told.
    ///
    /// @param body as it was sent, for the record
    void answer(
            Caller caller, Inquiry inquiry, JsonNode body, Reply reply, ServerResponse response) {
        if (!inquiry.ignored().isEmpty()) {
            response.header(IGNORED, String.join(", ", inquiry.ignored()));
        }
        Spender spender = caller.spender();
        Models.Answering model = models.of(inquiry.model()).of(spender);
        caller.requireScope(model.info().name(), inquiry.run());
        Leg leg = Leg.of(inquiry.run(), model.waiting());
        try (Recording recording = runs.record(spender, inquiry.model(), leg, body)) {
            if (inquiry.streamed()) {
                stream(model, spender, leg, recording, reply, response);
                return;
            }
            Collected collected = new Collected(leg, inquiry.events());
            try (BackgroundRun run =
                    model.starter()
                            .start(
                                    spender,
                                    leg,
                                    model.waiting(),
                                    recording.beside(collected::on))) {
                model.keep(run.await());
            }
            tellLimit(response);
            Bodies.send(response, reply.whole(leg, collected));
        }
    }

    private static void stream(
            Models.Answering model,
            Spender spender,
            Leg leg,
            Recording recording,
            Reply reply,
            ServerResponse response) {
        EventQueue told = model.starter().eventsOf(leg.request());
        try (BackgroundRun run =
                model.starter().start(spender, leg, model.waiting(), recording.beside(told))) {
            // What is wrong with a question shows at once, while a status can still be sent.
            List<RunEvent> before = List.of(next(told, run), next(told, run));
            if (before.getLast().event() instanceof Event.RunFailed failed) {
                throw new Fault(failed.code(), failed.message());
            }
            tellLimit(response);
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            try (OutputStream out = response.outputStream()) {
                ServerSentEvents events = new ServerSentEvents(out);
                Reply.Streamed stream = reply.streamed(leg, events);
                stream.begin();
                boolean over = false;
                for (RunEvent event : before) {
                    over = tell(stream, model, run, event);
                }
                while (!over) {
                    over = tellNext(stream, model, run, told, events);
                }
            } catch (IOException | UncheckedIOException e) {
                // The client has gone or was too slow; closing the run cancels it.
                System.getLogger("polymnia").log(System.Logger.Level.DEBUG, "a client has gone", e);
            }
        }
    }

    private static void tellLimit(ServerResponse response) {
        String limit = RequestTrace.current().limit();
        if (limit != null) {
            response.header(QUOTA, limit);
        }
    }

    /// Tells the next event, or that there is none yet.
    ///
    /// @return whether it was the last
    private static boolean tellNext(
            Reply.Streamed stream,
            Models.Answering model,
            BackgroundRun run,
            EventQueue told,
            ServerSentEvents events)
            throws IOException {
        RunEvent event = told.poll(BEAT);
        if (event != null) {
            return tell(stream, model, run, event);
        }
        if (run.isOver() && told.isEmpty()) {
            stream.fail(broken(run));
            return true;
        }
        events.beat();
        return false;
    }

    private static boolean tell(
            Reply.Streamed stream, Models.Answering model, BackgroundRun run, RunEvent event)
            throws IOException {
        if (event.event() instanceof Event.RunFailed failed) {
            stream.fail(new Fault(failed.code(), failed.message()));
            return true;
        }
        boolean waits = event.event() instanceof Event.Suspended;
        if (waits) {
            // It has to be there before its client can answer.
            model.keep(run.await());
        }
        stream.on(event);
        return waits || event.event() instanceof Event.RunFinished;
    }

    /// Waits for an event.
    ///
    /// @throws Fault why there is none
    private static RunEvent next(EventQueue told, BackgroundRun run) {
        while (true) {
            boolean over = run.isOver();
            RunEvent event = told.poll(over ? Duration.ZERO : BEAT);
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
}
