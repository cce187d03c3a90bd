package dev.polymnia.server.trace;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The spans of one agent: that of its branch, and in it one of each tool that it calls. Not
/// thread-safe.
final class AgentSpans implements AutoCloseable {
    private final Tracer tracer;
    private final Set<String> tools;
    private final Span span;
    private final Context inside;
    private final Map<String, Span> calls = new HashMap<>();
    private Usage usage = Usage.NONE;
    private boolean speaks;

    /// @param run its run's span is in it
    /// @param tools the names that may be told
    /// @param name what the span's name ends with
    AgentSpans(Tracer tracer, Context run, Set<String> tools, String name) {
        this.tracer = tracer;
        this.tools = tools;
        span =
                tracer.spanBuilder("invoke_agent" + name)
                        .setParent(run)
                        .setAttribute(Keys.OPERATION, "invoke_agent")
                        .setAttribute(Keys.PROVIDER, "polymnia")
                        .startSpan();
        inside = run.with(span);
    }

    /// Says whose they are.
    void is(int number, String model) {
        span.setAttribute(Keys.AGENT, (long) number);
        span.setAttribute(Keys.MODEL, model);
    }

    void begin(Event.AgentStarted started) {
        span.setAttribute(Keys.AGENT_NAME, started.approach());
        span.setAttribute(Keys.WAVE, (long) started.wave());
        span.setAttribute(Keys.SEED, started.seed());
    }

    void on(BranchEvent event) {
        switch (event) {
            case BranchEvent.Started started ->
                    span.addEvent(
                            "polymnia.prompt_read",
                            Keys.read(started.cached(), started.computed()));
            case BranchEvent.Delta _ -> speak();
            case BranchEvent.Called(Content.ToolCall call) -> call(call);
            case BranchEvent.Ended ended -> used(ended.result().usage());
            case BranchEvent.Failed failed -> {
                Keys.fail(span, RunSpans.word(failed.code()));
                used(failed.usage());
            }
        }
    }

    private void speak() {
        if (!speaks) {
            speaks = true;
            span.addEvent("polymnia.first_words");
        }
    }

    private void used(Usage turn) {
        usage = usage.plus(turn);
    }

    private void call(Content.ToolCall call) {
        String name = tools.contains(call.name()) ? call.name() : "unknown";
        Span before =
                calls.put(
                        call.id(),
                        tracer.spanBuilder("execute_tool " + name)
                                .setParent(inside)
                                .setAttribute(Keys.OPERATION, "execute_tool")
                                .setAttribute(Keys.TOOL, name)
                                .startSpan());
        if (before != null) {
            before.end();
        }
    }

    void on(Event.ToolFinished finished) {
        Span call = calls.remove(finished.call().id());
        if (call != null) {
            call.setAttribute(Keys.TOOL_FAILED, finished.result().failed());
            call.setAttribute(Keys.TOOL_AGENTS, (long) finished.agents());
            call.end();
        }
    }

    void finish(Event.AgentFinished finished) {
        span.setAttribute(Keys.VOTES, finished.votes());
        span.setAttribute(Keys.FINISH_REASONS, List.of(RunSpans.word(finished.reason())));
        if (Double.isFinite(finished.confidence())) {
            span.setAttribute(Keys.CONFIDENCE, finished.confidence());
        }
    }

    /// Ends them all.
    @Override
    public void close() {
        calls.values().forEach(Span::end);
        Keys.tell(span, usage);
        span.end();
    }
}
