package dev.polymnia.web;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.ModelLibrary;
import dev.polymnia.server.Served;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// Models to choose for the scenarios: the one that answers, one that comes slowly, one that never
/// comes and one that is too big. Thread-safe.
///
/// @param script what they answer
/// @param usual the one that answers
/// @param pause nanoseconds that each step of a transfer takes
/// @param models those that were opened
/// @param here how many bytes of each are here
record PageLibrary(
        Script script,
        ModelInfo usual,
        long pause,
        List<ScriptedModel> models,
        Map<String, Long> here)
        implements ModelLibrary, AutoCloseable {
    private static final long MEGABYTE = 1_000_000;
    private static final long STEPS = 200;

    PageLibrary(Script script, ModelInfo usual, long pause) {
        this(script, usual, pause, new CopyOnWriteArrayList<>(), new ConcurrentHashMap<>());
    }

    @Override
    public List<Offer> offers() {
        return List.of(
                offer(usual.name(), "Scripted", 100, "", false),
                offer("small", "Small", 200, "", true),
                offer("lost", "Lost", 300, "", false),
                offer(
                        "huge",
                        "Huge",
                        90_000,
                        "It is too big for the memory of this machine.",
                        false));
    }

    private Offer offer(
            String name, String title, long megabytes, String hindrance, boolean isUsual) {
        long all = megabytes * MEGABYTE;
        long came = here.getOrDefault(name, 0L);
        return new Offer(
                name, title, all, came, came == all, "Apache-2.0", hindrance, isUsual, came > 0);
    }

    @Override
    public void fetch(String name, Arrivals arrivals, Cancellation cancellation) {
        if (name.equals("lost")) {
            throw new Fault(Fault.Code.UNAVAILABLE, "Nobody has it; ask again later.");
        }
        long all =
                offers().stream()
                        .filter(offer -> offer.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .bytes();
        for (long came = here.getOrDefault(name, 0L); came <= all; came += all / STEPS) {
            arrivals.here(came, all);
            here.put(name, came);
            LockSupport.parkNanos(pause);
            cancellation.check();
        }
    }

    @Override
    public Served open(String name, Cancellation cancellation) {
        ModelInfo info =
                new ModelInfo(
                        name,
                        usual.digest(),
                        usual.contextTokens(),
                        usual.capabilities(),
                        usual.profile());
        ScriptedModel model =
                ScriptedModel.of(script, info).afterStep(() -> LockSupport.parkNanos(pause));
        models.add(model);
        return new Served(new Assistant(model, Clock.SYSTEM), info);
    }

    @Override
    public void remove(String name) {
        here.remove(name);
    }

    @Override
    public void close() {
        models.forEach(ScriptedModel::close);
    }
}
