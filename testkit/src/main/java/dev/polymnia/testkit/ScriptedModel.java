package dev.polymnia.testkit;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Demands;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A branching model without weights that says what its [Script] says. A token is a word with the
/// white space before it. In each step every live branch says one token, in the order in which they
/// were started, as a batching engine does.
///
/// It steps by itself, on a thread of its own, or, made with [#manual], when the test calls
/// [#step]. Thread-safe.
public final class ScriptedModel implements BranchingModel {
    /// What agents are told that are to write a program.
    public static final String PROGRAM_HINT = "Write a program.";

    private static final Pattern TOKEN = Pattern.compile("\\s*\\S+|\\s+$");

    private final Script script;
    private final ModelInfo info;
    private final boolean manual;
    private final List<ScriptedBranch> live = new ArrayList<>();
    private final Thread stepper;
    private Runnable afterStep = () -> {};
    private int started;
    private boolean closed;

    private ScriptedModel(Script script, ModelInfo info, boolean manual) {
        this.script = requireNonNull(script, "script is null");
        this.info = requireNonNull(info, "info is null");
        this.manual = manual;
        stepper = Thread.ofVirtual().name("scripted-model").unstarted(this::stepUntilClosed);
    }

    /// Creates a model that steps by itself.
    public static ScriptedModel of(Script script) {
        return of(script, defaultInfo());
    }

    /// Creates a model that steps by itself.
    ///
    /// @param info what it says of itself
    public static ScriptedModel of(Script script, ModelInfo info) {
        ScriptedModel model = new ScriptedModel(script, info, false);
        model.stepper.start();
        return model;
    }

    /// Creates a model that stands still until the test calls [#step].
    public static ScriptedModel manual(Script script) {
        return manual(script, defaultInfo());
    }

    /// Creates a model that stands still until the test calls [#step].
    ///
    /// @param info what it says of itself
    public static ScriptedModel manual(Script script, ModelInfo info) {
        return new ScriptedModel(script, info, true);
    }

    /// Returns a description with a context of 4096 tokens, everything that a fork needs, and a
    /// profile that asks for the line `Answer:`. In teams for questions with a short answer half of
    /// the agents are told [#PROGRAM_HINT], if programs can be run.
    public static ModelInfo defaultInfo() {
        Map<Mode, ModeSettings> modes = new EnumMap<>(Mode.class);
        modes.put(Mode.INSTANT, new ModeSettings("Answer at once.", Sampling.GREEDY, 256));
        ModeSettings thoughtful =
                new ModeSettings(
                        "Reason, then write Answer: and the result.",
                        new Sampling(0.7, 0, 0.95, 0, 1),
                        256);
        modes.put(Mode.THINKING, thoughtful);
        modes.put(Mode.CONTEMPLATING, thoughtful);
        Approach words = Approach.words("", thoughtful.sampling(), thoughtful.maxTokens());
        TeamProfile sums =
                new TeamProfile(
                        thoughtful.instruction(),
                        List.of(
                                words,
                                Approach.programs(
                                        PROGRAM_HINT,
                                        thoughtful.sampling(),
                                        thoughtful.maxTokens())),
                        TeamProfile.Stop.AUTO);
        return new ModelInfo(
                "scripted",
                "",
                4096,
                EnumSet.of(
                        Capability.FORKS,
                        Capability.LOG_PROBABILITIES,
                        Capability.ALTERNATIVES,
                        Capability.TOOLS,
                        Capability.REASONING,
                        Capability.BEGINNING),
                new ModelProfile(
                        new ReasoningSwitch.Instructed("Answer:"),
                        modes,
                        Map.of(TaskClass.ANSWER, new ClassSettings(words, sums))));
    }

    /// Sets what is done after each step, for example moving a clock. Call it before the first
    /// step.
    ///
    /// @return this model
    public synchronized ScriptedModel afterStep(Runnable action) {
        afterStep = action;
        return this;
    }

    /// Lets every live branch of a manual model say one token.
    ///
    /// @return how many branches were live before the step
    public int step() {
        if (!manual) {
            throw new IllegalStateException("this model steps by itself");
        }
        return stepOnce();
    }

    /// Waits until a number of branches is live.
    ///
    /// @param count how many, at least
    /// @throws InterruptedException if the waiting thread is interrupted
    public synchronized void awaitLive(int count) throws InterruptedException {
        while (live.size() < count) {
            wait();
        }
    }

    /// Returns how many branches have been started, continuations included.
    public synchronized int started() {
        return started;
    }

    /// Returns how many branches are live now.
    public synchronized int live() {
        return live.size();
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public Trunk open(Prompt prompt) {
        return new ScriptedTrunk(this, checkedTokens(prompt));
    }

    @Override
    public void close() {
        List<ScriptedBranch> rest;
        synchronized (this) {
            closed = true;
            rest = List.copyOf(live);
            notifyAll();
        }
        rest.forEach(ScriptedBranch::cancel);
        if (manual) {
            stepOnce();
            return;
        }
        boolean interrupted = false;
        while (stepper.isAlive()) {
            try {
                stepper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Branch start(List<String> held, BranchRequest request, BranchListener listener) {
        ScriptedBranch branch = new ScriptedBranch(this);
        branch.begin(held, request, listener);
        return branch;
    }

    synchronized void enter(ScriptedBranch branch) {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        live.add(branch);
        notifyAll();
    }

    Reply reply(BranchRequest request) {
        int index;
        synchronized (this) {
            index = started++;
        }
        return script.reply(request, index);
    }

    void check(BranchRequest request) {
        Demands.check(request, info);
        checkedTokens(request.prompt());
    }

    List<String> checkedTokens(Prompt prompt) {
        Demands.check(prompt, info);
        List<String> tokens = tokens(render(prompt));
        if (tokens.size() >= info.contextTokens()) {
            throw new Fault(
                    Fault.Code.CONTEXT_FULL,
                    "The prompt has %d tokens, the context holds %d; shorten it."
                            .formatted(tokens.size(), info.contextTokens()));
        }
        return tokens;
    }

    static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    static int commonPrefix(List<String> a, List<String> b) {
        int length = Math.min(a.size(), b.size());
        for (int i = 0; i < length; i++) {
            if (!a.get(i).equals(b.get(i))) {
                return i;
            }
        }
        return length;
    }

    private int stepOnce() {
        List<ScriptedBranch> now;
        Runnable after;
        synchronized (this) {
            now = List.copyOf(live);
            after = afterStep;
        }
        List<ScriptedBranch> over = now.stream().filter(branch -> !branch.step()).toList();
        synchronized (this) {
            live.removeAll(over);
            notifyAll();
        }
        over.forEach(ScriptedBranch::finish);
        after.run();
        return now.size();
    }

    private void stepUntilClosed() {
        while (true) {
            synchronized (this) {
                while (live.isEmpty()) {
                    if (closed) {
                        return;
                    }
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("nobody interrupts the stepper", e);
                    }
                }
            }
            stepOnce();
        }
    }

    private static String render(Prompt prompt) {
        StringBuilder text = new StringBuilder();
        for (Message message : prompt.messages()) {
            text.append(message.role()).append(" :");
            for (Content part : message.parts()) {
                text.append(' ').append(part instanceof Content.Text(String words) ? words : part);
            }
            text.append('\n');
        }
        return text.append("ASSISTANT : ").append(prompt.beginning()).toString();
    }
}
