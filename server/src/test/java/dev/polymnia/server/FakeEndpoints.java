package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Endpoints that one only talks of: each has the models that it is said to have, and takes one key
/// if it wants any. What is kept outlives a server, not this. Thread-safe.
final class FakeEndpoints implements Endpoints, AutoCloseable {
    static final String KEY = "sk-very-secret-42";
    private static final ModelInfo USUAL = ScriptedModel.defaultInfo();

    /// What is there, by address: the models.
    final Map<String, List<String>> there = new ConcurrentHashMap<>();

    /// Those that want the key.
    final Set<String> guarded = ConcurrentHashMap.newKeySet();

    /// Those that say nothing until they are let go, or not to be asked any more.
    final Set<String> silent = ConcurrentHashMap.newKeySet();

    final CountDownLatch letGo = new CountDownLatch(1);

    /// Comes to zero when a silent one is asked.
    final CountDownLatch asked = new CountDownLatch(1);

    /// Why what is kept cannot be read; null if it can.
    volatile @Nullable Fault unreadable;

    private final Script script;
    private final List<Wanted> kept = new CopyOnWriteArrayList<>();
    private final List<ScriptedModel> open = new CopyOnWriteArrayList<>();

    FakeEndpoints(Script script) {
        this.script = script;
    }

    /// Keeps one as an earlier server did.
    void keep(Wanted wanted) {
        kept.add(wanted);
    }

    private static Kept kept(Wanted wanted) {
        return new Kept(
                "at-" + wanted.model(), wanted.url(), wanted.model(), !wanted.key().isEmpty());
    }

    @Override
    public List<Kept> all() {
        Fault wrong = unreadable;
        if (wrong != null) {
            throw wrong;
        }
        return kept.stream().map(FakeEndpoints::kept).toList();
    }

    private List<String> ask(Wanted wanted, Cancellation cancellation) {
        if (silent.contains(wanted.url())) {
            try (var _ = cancellation.onRequest(letGo::countDown)) {
                asked.countDown();
                ServerFixture.await(letGo);
            }
            cancellation.check();
        }
        List<String> models = there.get(wanted.url());
        if (models == null) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The endpoint " + wanted.url() + " takes no connection; start it.");
        }
        if (guarded.contains(wanted.url()) && !wanted.key().equals(KEY)) {
            throw new Fault(
                    Fault.Code.INVALID, "The endpoint " + wanted.url() + " refuses the key.");
        }
        return models;
    }

    private Wanted chosen(Wanted wanted, List<String> models) {
        if (wanted.model().isEmpty() && models.size() == 1) {
            return new Wanted(wanted.url(), wanted.key(), models.getFirst());
        }
        if (!models.contains(wanted.model())) {
            throw new Fault(Fault.Code.INVALID, "It has these models; choose one: " + models);
        }
        return wanted;
    }

    private Served serve(Wanted wanted) {
        ModelInfo info =
                new ModelInfo(
                        wanted.model(),
                        "",
                        USUAL.contextTokens(),
                        USUAL.capabilities(),
                        USUAL.profile());
        ScriptedModel model = ScriptedModel.of(script, info);
        open.add(model);
        return new Served(new Assistant(model, Clock.SYSTEM), info, Set.of(wanted.url()));
    }

    @Override
    public Heard test(Wanted wanted, Cancellation cancellation) {
        List<String> models = ask(wanted, cancellation);
        return wanted.model().isEmpty() && models.size() > 1
                ? new Heard(models, "", "", 0, Duration.ZERO)
                : new Heard(
                        models,
                        chosen(wanted, models).model(),
                        "Hello!",
                        4096,
                        Duration.ofMillis(120));
    }

    @Override
    public Added add(Wanted wanted, Consumer<Kept> check, Cancellation cancellation) {
        Wanted chosen = chosen(wanted, ask(wanted, cancellation));
        check.accept(kept(chosen));
        kept.add(chosen);
        return new Added(kept(chosen), serve(chosen));
    }

    private Wanted find(String id) {
        return kept.stream()
                .filter(each -> kept(each).id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Fault(Fault.Code.NOT_FOUND, "It is gone."));
    }

    @Override
    public Served connect(String id, Cancellation cancellation) {
        Wanted wanted = find(id);
        chosen(wanted, ask(wanted, cancellation));
        return serve(wanted);
    }

    @Override
    public void remove(String id) {
        kept.remove(find(id));
    }

    @Override
    public void close() {
        open.forEach(ScriptedModel::close);
    }
}
