package dev.polymnia.server;

import dev.polymnia.agents.RunResult;
import dev.polymnia.agents.Suspended;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.people.Spender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The models that answer, by the names that clients call them. A name that says only a mode is the
/// first one's. Thread-safe.
final class Models {
    private final List<Answering> all;

    /// One of the models.
    ///
    /// @param starter starts its runs
    /// @param waiting keeps those of its runs that wait for their clients
    /// @param titles whether it writes titles, as things are
    record Answering(
            ModelInfo info, RunStarter starter, SuspendedRuns waiting, BooleanSupplier titles) {
        /// Returns this for somebody: runs of others that wait are not there.
        Answering of(Spender spender) {
            return new Answering(info, starter, waiting.of(spender.person()), titles);
        }

        /// Keeps a run if it has to wait for its client.
        void keep(RunResult result) {
            if (result instanceof Suspended run) {
                waiting.keep(run);
            }
        }
    }

    /// @param all no two of one name
    Models(List<Answering> all) {
        this.all = new CopyOnWriteArrayList<>(all);
        long names = all.stream().map(each -> each.info().name()).distinct().count();
        if (names < all.size()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Two models are called the same, of: %s; leave one out."
                            .formatted(String.join(", ", names())));
        }
    }

    /// Returns the model that a request names; the first one if it names none, which is for others
    /// to refuse.
    ///
    /// @throws Fault `NOT_FOUND` if there is no such model
    Answering of(JsonNode body) {
        JsonNode name = body.path("model");
        return name.isString()
                ? of(name.asString())
                : all.stream().findFirst().orElseThrow(Models::none);
    }

    private static Fault none() {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "There is no model yet. An owner chooses one on the page, in the settings; or start"
                        + " the server with --model NAME.");
    }

    /// Returns whether there is a model whose own name this is.
    boolean has(String name) {
        return all.stream().anyMatch(each -> each.info().name().equals(name));
    }

    /// Lets one more answer; one of its name that is here already stays.
    synchronized void add(Answering model) {
        if (!has(model.info().name())) {
            all.add(model);
        }
    }

    /// Lets a model answer no more; what it is at work on goes on.
    void remove(String name) {
        all.removeIf(each -> each.info().name().equals(name));
    }

    /// Returns the one that writes titles; empty if none does.
    Optional<Answering> titles() {
        return all.stream().filter(each -> each.titles().getAsBoolean()).findFirst();
    }

    /// Returns the model that is called so.
    ///
    /// @throws Fault `NOT_FOUND` if there is no such model
    Answering of(String name) {
        return all.stream()
                .filter(each -> ModelName.all(each.info()).contains(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private Fault unknown(String name) {
        return all.isEmpty()
                ? none()
                : new Fault(
                        Fault.Code.NOT_FOUND,
                        "There is no model '%s'; there are: %s."
                                .formatted(name, String.join(", ", names())));
    }

    /// Returns all names.
    List<String> names() {
        List<String> names = new ArrayList<>();
        all.forEach(each -> names.addAll(ModelName.own(each.info())));
        if (!names.isEmpty()) {
            Stream.of(Mode.values()).map(Mode::word).forEach(names::add);
        }
        return List.copyOf(names);
    }
}
