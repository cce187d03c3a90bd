package dev.polymnia.server.trace;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.message.Tool;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The spans of one run: one of its own, and in it one of each agent. Thread-safe.
final class RunSpans implements RunTrace {
    private final Tracer tracer;
    private final Span span;
    private final Context inside;
    private final Leg leg;
    private final String model;

    /// Whatever else a model calls is its own words.
    private final Set<String> tools;

    private final Map<Integer, AgentSpans> agents = new HashMap<>();

    /// Agents whose spans are over.
    private final Set<Integer> done = new HashSet<>();

    private boolean answers;
    private boolean over;

    /// @param span its own, which has begun
    /// @param inside with that span
    RunSpans(Tracer tracer, Span span, Context inside, Leg leg, String model) {
        this.tracer = tracer;
        this.span = span;
        this.inside = inside;
        this.leg = leg;
        this.model = model;
        tools =
                Stream.concat(
                                leg.request().tools().stream().map(Tool::spec),
                                leg.request().clientTools().stream())
                        .map(ToolSpec::name)
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (over) {
            return;
        }
        switch (event.event()) {
            case Event.RunStarted _ -> span.addEvent("polymnia.run_started");
            case Event.BudgetRaised _ -> span.addEvent("polymnia.budget_raised");
            case Event.AgentStarted started -> start(event.branch(), started);
            case Event.Told told -> {
                AgentSpans agent = agent(event.branch());
                if (agent != null) {
                    agent.on(told.event());
                }
            }
            case Event.ToolFinished finished -> {
                AgentSpans agent = agent(event.branch());
                if (agent != null) {
                    agent.on(finished);
                }
            }
            case Event.AgentFinished finished -> finish(event.branch(), finished);
            case Event.Tally tally -> tell(tally);
            case Event.StoppedEarly stop -> span.setAttribute(Keys.STOP, word(stop.rule()));
            case Event.JoinStarted join -> span.setAttribute(Keys.JOIN, word(join.method()));
            case Event.AnswerDelta _ -> answer();
            case Event.Suspended suspended -> end("suspended", suspended.ledger());
            case Event.RunFinished finished -> {
                span.setAttribute(Keys.PARTIAL, finished.outcome().partial());
                end("answered", finished.ledger());
            }
            case Event.RunFailed failed -> {
                Keys.fail(span, word(failed.code()));
                end("failed", failed.ledger());
            }
        }
    }

    private void start(int number, Event.AgentStarted started) {
        AgentSpans before = agents.remove(number);
        if (before != null) {
            before.close();
        }
        done.remove(number);
        AgentSpans agent = open(number, " " + started.approach());
        agent.begin(started);
    }

    private AgentSpans open(int number, String name) {
        AgentSpans agent = new AgentSpans(tracer, inside, tools, name);
        agent.is(number, model);
        agents.put(number, agent);
        return agent;
    }

    /// Returns the spans of an agent, which has begun in an earlier leg if it is not known; null if
    /// it is done.
    private @Nullable AgentSpans agent(int number) {
        AgentSpans known = agents.get(number);
        return known != null || number < 0 || done.contains(number) ? known : open(number, "");
    }

    private void finish(int number, Event.AgentFinished finished) {
        AgentSpans agent = agents.remove(number);
        done.add(number);
        if (agent != null) {
            agent.finish(finished);
            agent.close();
        }
    }

    private void tell(Event.Tally tally) {
        long leader = tally.shares().isEmpty() ? 0 : tally.shares().getFirst().votes();
        Attributes votes =
                Attributes.of(
                        Keys.LEADER,
                        leader,
                        Keys.ANSWERS,
                        (long) tally.shares().size(),
                        Keys.SILENT,
                        (long) tally.silent(),
                        Keys.PENDING,
                        (long) tally.pending());
        span.addEvent("polymnia.tally", votes);
        // The last one says how the vote ended.
        span.setAllAttributes(votes);
    }

    private void answer() {
        if (!answers) {
            answers = true;
            span.addEvent("polymnia.answer_started");
        }
    }

    private void end(String how, Ledger ledger) {
        Keys.tell(span, leg.used(ledger));
        span.setAttribute(Keys.AGENTS, (long) agents.size() + done.size());
        span.setAttribute(Keys.MONEY, ledger.money() - leg.spent().money());
        close(how);
    }

    private void close(String how) {
        over = true;
        agents.values().forEach(AgentSpans::close);
        span.setAttribute(Keys.END, how);
        span.end();
    }

    @Override
    public synchronized void end(String why) {
        if (!over) {
            Keys.fail(span, why);
            close("failed");
        }
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
