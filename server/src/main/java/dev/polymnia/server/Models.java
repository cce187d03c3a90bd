package dev.polymnia.server;

import dev.polymnia.agents.RunResult;
import dev.polymnia.agents.Suspended;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.people.Spender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    record Answering(Served served, RunStarter starter, SuspendedRuns waiting) {
        /// Returns this for somebody: runs of others that wait are not there.
        Answering of(Spender spender) {
            return new Answering(served, starter, waiting.of(spender.person()));
        }

        ModelInfo info() {
            return served.model();
        }

        /// Returns whether it writes titles, as things are.
        boolean writesTitles() {
            return served.titles().getAsBoolean();
        }

        private boolean isHere() {
            return served.hosts().isEmpty();
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
                "There is no model yet. An owner chooses one on the page, in the settings, or adds"
                        + " an endpoint there; or start the server with --model NAME.");
    }

    /// Returns whether there is a model whose own name this is.
    boolean has(String name) {
        return all.stream().anyMatch(each -> each.info().name().equals(name));
    }

    /// Returns whether there is one on this machine.
    boolean hasHere(String name) {
        return all.stream().anyMatch(each -> each.isHere() && each.info().name().equals(name));
    }

    /// Lets one more answer, after all others.
    ///
    /// @return false if there is one of its name, which stays
    boolean add(Answering model) {
        return add(model, List.of());
    }

    /// Lets one more answer.
    ///
    /// @param later those that it stands before, if they answer
    /// @return false if there is one of its name, which stays
    synchronized boolean add(Answering model, Collection<Answering> later) {
        if (has(model.info().name())) {
            return false;
        }
        int place = 0;
        while (place < all.size() && !later.contains(all.get(place))) {
            place++;
        }
        all.add(place, model);
        return true;
    }

    /// Lets a model of this machine answer no more; what it is at work on goes on.
    void removeHere(String name) {
        all.removeIf(each -> each.isHere() && each.info().name().equals(name));
    }

    /// Lets a model answer no more; what it is at work on goes on.
    void remove(Answering model) {
        all.remove(model);
    }

    /// Returns the one that writes titles; empty if none does.
    Optional<Answering> titles() {
        return all.stream().filter(Answering::writesTitles).findFirst();
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
