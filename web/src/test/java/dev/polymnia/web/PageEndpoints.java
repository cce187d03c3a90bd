package dev.polymnia.web;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.Endpoints;
import dev.polymnia.server.Served;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Endpoints for the scenarios, which are nowhere: `far.test` has two models and wants a key, and
/// `sleepy.test` is kept from the beginning, if that is wanted, and does not answer the first time.
/// Thread-safe.
///
/// @param script what their models answer
/// @param usual what their models can do
/// @param pause nanoseconds that each step takes
/// @param kept those that were added
/// @param awake whether the sleepy one was asked before
/// @param models those that were opened
record PageEndpoints(
        Script script,
        ModelInfo usual,
        long pause,
        List<Wanted> kept,
        AtomicBoolean awake,
        List<ScriptedModel> models)
        implements Endpoints, AutoCloseable {
    private static final String KEY = "the-right-key";
    private static final String SLEEPY = "http://sleepy.test/v1";
    private static final Map<String, List<String>> THERE =
            Map.of(
                    "http://far.test/v1",
                    List.of("far-small", "far-large"),
                    SLEEPY,
                    List.of("sleepy"));

    /// @param isSleepy whether the one that does not answer the first time is kept
    PageEndpoints(Script script, ModelInfo usual, long pause, boolean isSleepy) {
        this(
                script,
                usual,
                pause,
                new CopyOnWriteArrayList<>(),
                new AtomicBoolean(),
                new CopyOnWriteArrayList<>());
        if (isSleepy) {
            kept.add(new Wanted(SLEEPY, KEY, "sleepy"));
        }
    }

    @Override
    public List<Kept> all() {
        return kept.stream().map(PageEndpoints::kept).toList();
    }

    private static Kept kept(Wanted wanted) {
        return new Kept(
                "endpoint-" + wanted.model(),
                wanted.url(),
                wanted.model(),
                !wanted.key().isEmpty());
    }

    @Override
    public Heard test(Wanted wanted, Cancellation cancellation) {
        Wanted there = there(wanted);
        List<String> models = models(there);
        return there.model().isEmpty()
                ? new Heard(models, "", "", 0, Duration.ZERO)
                : new Heard(
                        models, chosen(there).model(), "Hello!", 32_768, Duration.ofMillis(800));
    }

    /// Returns the same by its whole address.
    private static Wanted there(Wanted wanted) {
        return new Wanted(
                wanted.url().replaceFirst("(/v1)?/?$", "/v1"), wanted.key(), wanted.model());
    }

    private List<String> models(Wanted there) {
        List<String> models = THERE.get(there.url());
        if (models == null || (there.url().equals(SLEEPY) && !awake.getAndSet(true))) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The endpoint %s takes no connection; start it, or check host and port."
                            .formatted(there.url()));
        }
        if (!there.key().equals(KEY)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The endpoint %s refuses the key (HTTP 401); check that it is complete and may use this model."
                            .formatted(there.url()));
        }
        return models;
    }

    private static Wanted chosen(Wanted there) {
        if (!THERE.getOrDefault(there.url(), List.of()).contains(there.model())) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The endpoint %s has no model '%s'.".formatted(there.url(), there.model()));
        }
        return there;
    }

    @Override
    public Added add(Wanted wanted, Consumer<Kept> check, Cancellation cancellation) {
        Wanted there = there(wanted);
        models(there);
        Kept added = kept(chosen(there));
        check.accept(added);
        kept.add(there);
        return new Added(added, serve(there));
    }

    @Override
    public Served connect(String id, Cancellation cancellation) {
        Wanted wanted = find(id);
        models(wanted);
        return serve(wanted);
    }

    private Served serve(Wanted there) {
        ModelInfo info =
                new ModelInfo(
                        there.model(),
                        usual.digest(),
                        usual.contextTokens(),
                        usual.capabilities(),
                        usual.profile());
        ScriptedModel model =
                ScriptedModel.of(script, info).afterStep(() -> LockSupport.parkNanos(pause));
        models.add(model);
        return new Served(new Assistant(model, Clock.SYSTEM), info, Set.of(there.url()));
    }

    private Wanted find(String id) {
        return kept.stream()
                .filter(each -> kept(each).id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new Fault(Fault.Code.NOT_FOUND, "'%s' is not kept.".formatted(id)));
    }

    @Override
    public void remove(String id) {
        kept.remove(find(id));
    }

    @Override
    public void close() {
        models.forEach(ScriptedModel::close);
    }
}
