package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Tool;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.run.RunEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes the calls of all agents of a run and sees to their results. Confined to the run's thread;
/// the tools run on threads of their own, and their outcome comes back through the run's queue, as
/// does what the desk tells its agents.
///
/// - A tool that is read-only runs at once. Equal calls are one [job][ToolJob]: whoever asks while
///   it runs or afterwards gets the same result. An agent that has got a failure may try again.
///   Once something was changed, what was read before is forgotten.
/// - Any other tool runs when a [majority][Majority] of the agents has asked for the equal call,
///   and once in a run: whoever asks later gets the result of then. Where the request [demands a
///   call][ToolChoice#demandsCall] and the agents come to no majority, the call that most have
///   asked for runs, of equals that of the agent with the lowest number.
/// - A tool of the client is not run here: a call waits until the run is suspended, if it is
///   read-only or has its majority. An agent that has got its result may ask anew in a later turn;
///   the client decides whether it is run again. Where the request wants [no
///   calls][ToolChoice#NONE] the client is handed none, also none that agents had asked for before:
///   they are told so.
/// - A call of a tool that is not there, or with arguments that are no JSON object, is answered
///   with a failure that says so, for the model to do better.
///
/// Arguments are equal if their [forms][JsonForm] are.
final class ToolDesk implements AutoCloseable {
    private static final Comparator<ToolJob> MOST_WANTED =
            Comparator.comparingInt((ToolJob job) -> job.asked().size())
                    .thenComparing(job -> job.asked().first(), Comparator.reverseOrder());

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, ToolSpec> specs = new LinkedHashMap<>();
    private final RunRequest request;
    private final ObjIntConsumer<Run.News> post;
    private final Majority majority;
    private final TreeSet<Integer> atWork = new TreeSet<>();
    private final Map<Key, ToolJob> known = new LinkedHashMap<>();

    /// Those that somebody waits for or that run.
    private final List<ToolJob> busy = new ArrayList<>();

    private final List<Thread> threads = new ArrayList<>();

    /// Ends what runs; read by the tools' threads when they start.
    private volatile Cancellation stop = new Cancellation();

    private final Cancellation.Registration cancelled;
    private @Nullable StopReason halted;

    /// A call is demanded, and none has been made yet.
    private boolean demanded;

    /// What makes calls equal.
    private record Key(String tool, String arguments) {}

    /// Opens the desk of a run.
    ///
    /// @param post takes news for an agent, from any thread, and returns at once
    ToolDesk(RunRequest request, ObjIntConsumer<Run.News> post) {
        this.request = request;
        this.post = post;
        majority = new Majority(request.planned());
        demanded = ToolChoice.demandsCall(request.wishes().toolChoice());
        request.tools().forEach(tool -> tools.put(tool.spec().name(), tool));
        request.specs().forEach(spec -> specs.put(spec.name(), spec));
        cancelled = request.cancellation().onRequest(() -> stop.request());
    }

    /// Takes over what a suspended run knew.
    ///
    /// @param settled what has been run, the client's calls included
    void restore(Suspended before, List<Suspended.Settled> settled) {
        before.settled().forEach(this::restore);
        if (settled.stream().anyMatch(each -> changes(each.call()))) {
            forgetReads();
        }
        settled.forEach(this::restore);
        before.ended().forEach(each -> majority.finished(each.chain().number(), each.dropped()));
    }

    private void restore(Suspended.Settled settled) {
        key(settled.call()).ifPresent(key -> known.put(key, ToolJob.restored(settled)));
    }

    /// Notes how many agents there are to be at the most, if more have joined.
    void plan(int agents) {
        majority.plan(agents);
    }

    /// Returns whether there is any tool.
    boolean isOpen() {
        return !specs.isEmpty();
    }

    /// Returns whether anybody waits for anything.
    boolean isBusy() {
        return !busy.isEmpty();
    }

    /// Notes that an agent is at work.
    void began(int agent) {
        atWork.add(agent);
    }

    /// Notes that an agent is done.
    ///
    /// @param dropped whether it was cut off or failed
    void finished(int agent, boolean dropped) {
        atWork.remove(agent);
        majority.finished(agent, dropped);
        decideAll();
    }

    private void decideAll() {
        List.copyOf(busy).forEach(this::decide);
    }

    /// Takes the calls of an agent's turn. It gets an answer for each, or is halted.
    void ask(int agent, List<Content.ToolCall> calls) {
        if (halted != null) {
            post.accept(new Run.News.Halted(halted), agent);
            return;
        }
        Set<Key> asked = new HashSet<>();
        calls.forEach(call -> ask(agent, call, asked));
    }

    /// @param asked what the agent has asked for in this turn: equal calls have one result
    private void ask(int agent, Content.ToolCall call, Set<Key> asked) {
        ToolSpec spec = specs.get(call.name());
        if (spec == null) {
            refuse(
                    agent,
                    call,
                    "There is no tool '%s'; there are: %s."
                            .formatted(call.name(), String.join(", ", specs.keySet())));
            return;
        }
        Optional<Key> key = key(call);
        if (key.isEmpty()) {
            refuse(
                    agent,
                    call,
                    "The arguments of '%s' are no JSON object; call it again with arguments like {\"name\": \"value\"}."
                            .formatted(call.name()));
            return;
        }
        ToolJob job = known.get(key.get());
        boolean first = asked.add(key.get());
        if (job == null || (first && isStale(job, agent, spec))) {
            if (isClients(spec) && request.wishes().toolChoice() instanceof ToolChoice.None) {
                refuse(
                        agent,
                        call,
                        "No tool may be called any more, so nothing was done; answer with what you"
                                + " know.");
                return;
            }
            job = new ToolJob(readable(call));
            known.put(key.get(), job);
        }
        job.ask(new ToolJob.Ask(agent, call));
        attend(job, spec);
    }

    private static Optional<Key> key(Content.ToolCall call) {
        return JsonForm.ofObject(call.arguments()).map(form -> new Key(call.name(), form));
    }

    /// Returns a call whose arguments a tool can read: models write nothing for none.
    private static Content.ToolCall readable(Content.ToolCall call) {
        return call.arguments().isBlank()
                ? new Content.ToolCall(call.id(), call.name(), "{}")
                : call;
    }

    /// Returns whether a result is of no use to an agent that asks for it once more.
    private boolean isStale(ToolJob job, int agent, ToolSpec spec) {
        if (job.state() != ToolJob.State.DONE || !job.wasGivenTo(agent)) {
            return false;
        }
        return isClients(spec) || (spec.readOnly() && job.result().failed());
    }

    private boolean isClients(ToolSpec spec) {
        return !tools.containsKey(spec.name());
    }

    private void attend(ToolJob job, ToolSpec spec) {
        switch (job.state()) {
            case NEW -> {
                busy.add(job);
                if (spec.readOnly()) {
                    run(job);
                } else {
                    job.state(ToolJob.State.AGREEING);
                    decide(job);
                }
            }
            case AGREEING -> decide(job);
            case RUNNING, FOR_CLIENT -> {}
            case DONE -> deliver(job);
        }
    }

    private void decide(ToolJob job) {
        if (job.state() != ToolJob.State.AGREEING) {
            return;
        }
        switch (majority.of(job.asked())) {
            case YES -> approve(job);
            case NO -> {
                if (!demanded) {
                    refuse(job);
                }
            }
            case OPEN -> {}
        }
    }

    private void approve(ToolJob job) {
        forgetReads();
        run(job);
    }

    /// Refuses what the other agents do not agree to.
    private void refuse(ToolJob job) {
        known.values().remove(job);
        job.end(
                failed(
                        job.call(),
                        "The other agents did not agree to call '%s', so nothing was done; go on without it."
                                .formatted(job.call().name())));
        deliver(job);
    }

    private void refuse(int agent, Content.ToolCall call, String why) {
        post.accept(new Run.News.Answered(failed(call, why), 1), agent);
    }

    /// Runs a call, or leaves it to the client.
    private void run(ToolJob job) {
        begin(job);
        if (demanded) {
            demanded = false;
            decideAll();
        }
    }

    private void begin(ToolJob job) {
        Tool tool = tools.get(job.call().name());
        if (tool == null) {
            job.state(ToolJob.State.FOR_CLIENT);
            return;
        }
        job.state(ToolJob.State.RUNNING);
        Cancellation end = stop;
        threads.add(
                Thread.ofVirtual()
                        .name("tool-" + job.call().name())
                        .start(() ->
                                post.accept(
                                        new Run.News.Returned(job, outcome(tool, job.call(), end)),
                                        RunEvent.WHOLE)));
    }

    private Content.ToolResult outcome(Tool tool, Content.ToolCall call, Cancellation end) {
        try {
            return requireNonNull(tool.call(call, end), "it returned nothing");
        } catch (Fault fault) {
            return failed(call, fault.getMessage());
        } catch (RuntimeException | Error e) {
            // Else nobody would ever hear of the end of this call.
            return failed(call, "The tool '%s' failed: %s".formatted(call.name(), e));
        }
    }

    private static Content.ToolResult failed(Content.ToolCall call, String why) {
        return new Content.ToolResult(call.id(), call.name(), List.of(new Content.Text(why)), true);
    }

    /// Takes a tool's outcome; that of one that was ended is nobody's.
    void returned(ToolJob job, Content.ToolResult result) {
        if (!busy.contains(job)) {
            return;
        }
        job.end(result);
        if (changes(job.call())) {
            forgetReads();
        }
        deliver(job);
    }

    private boolean changes(Content.ToolCall call) {
        ToolSpec spec = specs.get(call.name());
        return spec != null && !spec.readOnly();
    }

    /// What was read before a change may no longer be so for those who ask from now on.
    private void forgetReads() {
        known.values()
                .removeIf(job -> !changes(job.call()) && job.state() != ToolJob.State.FOR_CLIENT);
    }

    private void deliver(ToolJob job) {
        busy.remove(job);
        TreeSet<Integer> before = new TreeSet<>(job.asked());
        before.removeIf(agent -> !job.wasGivenTo(agent));
        for (ToolJob.Ask ask : job.takeOpen()) {
            boolean again = changes(job.call()) && before.contains(ask.agent());
            Content.ToolResult result = resultFor(ask.call(), job.result(), again);
            post.accept(new Run.News.Answered(result, job.asked().size()), ask.agent());
        }
    }

    private static Content.ToolResult resultFor(
            Content.ToolCall call, Content.ToolResult result, boolean again) {
        List<Content> parts = new ArrayList<>();
        if (again) {
            parts.add(
                    new Content.Text(
                            "This was called before and is done once only; its result was:\n"));
        }
        parts.addAll(result.parts());
        return new Content.ToolResult(call.id(), call.name(), parts, result.failed());
    }

    /// Returns whether no agent at work can go on by itself: each waits, and no tool runs.
    boolean isStill() {
        return isBusy()
                && busy.stream().noneMatch(job -> job.state() == ToolJob.State.RUNNING)
                && atWork.stream()
                        .allMatch(agent -> busy.stream().anyMatch(job -> job.isWaitedForBy(agent)));
    }

    /// Decides about all that waits for an agreement that cannot come any more.
    void settle() {
        if (demanded) {
            agreeing().max(MOST_WANTED).ifPresent(this::approve);
        }
        agreeing().toList().forEach(this::refuse);
    }

    private Stream<ToolJob> agreeing() {
        return busy.stream().filter(job -> job.state() == ToolJob.State.AGREEING);
    }

    /// Returns whether the client has to run something.
    boolean isForClient() {
        return busy.stream().anyMatch(job -> job.state() == ToolJob.State.FOR_CLIENT);
    }

    /// Returns what the client has to run, in the order in which it was first asked. If that is
    /// more than it [runs at once][Wishes#callsAtOnce], the others are asked for once more when the
    /// run goes on.
    ///
    /// @param prefix what the ids of the calls begin with, new in the run
    List<Suspended.Pending> forClient(String prefix) {
        List<Suspended.Pending> calls = new ArrayList<>();
        for (ToolJob job : busy) {
            if (calls.size() < request.wishes().callsAtOnce()
                    && job.state() == ToolJob.State.FOR_CLIENT) {
                Content.ToolCall call = job.call();
                calls.add(
                        new Suspended.Pending(
                                new Content.ToolCall(
                                        prefix + calls.size(), call.name(), call.arguments()),
                                List.copyOf(job.asked())));
            }
        }
        return calls;
    }

    /// Returns what has been run.
    List<Suspended.Settled> settled() {
        return known.values().stream()
                .filter(job -> job.state() == ToolJob.State.DONE)
                .map(ToolJob::settled)
                .toList();
    }

    /// Returns why nothing is run any more; empty as long as tools are.
    Optional<StopReason> halted() {
        return Optional.ofNullable(halted);
    }

    /// Ends all that runs; whoever waits, or asks from now on, is told to end.
    void halt(StopReason reason) {
        if (halted != null) {
            return;
        }
        halted = reason;
        end();
        TreeSet<Integer> waiting = new TreeSet<>();
        busy.forEach(job -> waiting.addAll(job.waiting()));
        busy.clear();
        waiting.forEach(agent -> post.accept(new Run.News.Halted(reason), agent));
    }

    /// Runs tools again for those who ask from now on. A call that was ended before it had a result
    /// is made anew if it only reads; one that changes something may have done so and is not.
    void reopen() {
        if (halted == null || request.cancellation().isRequested()) {
            return;
        }
        halted = null;
        stop = new Cancellation();
        known.values().removeIf(job -> isCut(job) && !changes(job.call()));
        known.values().stream()
                .filter(ToolDesk::isCut)
                .forEach(job ->
                        job.end(failed(job.call(), "It was stopped before it had a result.")));
    }

    private static boolean isCut(ToolJob job) {
        return job.state() != ToolJob.State.DONE;
    }

    private void end() {
        stop.request();
        threads.forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        cancelled.close();
        end();
    }
}
