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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The models that answer, by the names that clients call them. A name that says only a mode is the
/// first one's. Immutable.
final class Models {
    private final List<Answering> all;

    /// One of the models.
    ///
    /// @param starter starts its runs
    /// @param waiting keeps those of its runs that wait for their clients
    record Answering(ModelInfo info, RunStarter starter, SuspendedRuns waiting) {
        /// Returns this for somebody: runs of others that wait are not there.
        Answering of(Spender spender) {
            return new Answering(info, starter, waiting.of(spender.person()));
        }

        /// Keeps a run if it has to wait for its client.
        void keep(RunResult result) {
            if (result instanceof Suspended run) {
                waiting.keep(run);
            }
        }
    }

    /// @param all at least one, no two of one name
    Models(List<Answering> all) {
        this.all = List.copyOf(all);
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
        return name.isString() ? of(name.asString()) : all.getFirst();
    }

    /// Returns the model that is called so.
    ///
    /// @throws Fault `NOT_FOUND` if there is no such model
    Answering of(String name) {
        return all.stream()
                .filter(each -> ModelName.all(each.info()).contains(name))
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "There is no model '%s'; there are: %s."
                                        .formatted(name, String.join(", ", names()))));
    }

    /// Returns all names.
    List<String> names() {
        List<String> names = new ArrayList<>();
        all.forEach(each -> names.addAll(ModelName.own(each.info())));
        Stream.of(Mode.values()).map(Mode::word).forEach(names::add);
        return List.copyOf(names);
    }
}
