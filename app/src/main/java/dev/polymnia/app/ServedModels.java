package dev.polymnia.app;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelPool;
import dev.polymnia.core.run.Budget;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The models that `serve` answers with: the one that its options name, and those of this machine
/// that the configuration adds, which share a limit of memory with it.
///
/// @param all the first is the one that the options name
/// @param titles the name of the one that writes titles; empty if none does
/// @param closing closes them all
record ServedModels(List<BranchingModel> all, String titles, Runnable closing)
        implements AutoCloseable {
    private static final String OFF = "off";

    /// Copies the parts.
    ServedModels {
        all = List.copyOf(all);
    }

    /// Loads them, as far as they fit into the memory together; fetches those first that are not
    /// here.
    static ServedModels open(
            BackendOptions backend,
            Configuration configuration,
            Console console,
            Cancellation cancellation) {
        Set<String> more = configuration.words(Setting.MORE_MODELS);
        if (more.isEmpty()) {
            BranchingModel model = backend.open(console, false, cancellation, Budget.UNLIMITED);
            try {
                return of(List.of(model), model, configuration, model::close);
            } catch (Fault fault) {
                model.close();
                throw fault;
            }
        }
        ModelPool pool = new ModelPool(room(configuration.whole(Setting.MODEL_MEMORY)));
        try {
            List<BranchingModel> all = backend.openAll(pool, more, console, cancellation);
            return of(all, pool.smallest(), configuration, pool::close);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /// Finds the one that writes titles.
    ///
    /// @param smallest does unless something is said
    /// @throws Fault `INVALID` if there is none of the name that is said; nothing is closed then
    static ServedModels of(
            List<BranchingModel> all,
            BranchingModel smallest,
            Configuration configuration,
            Runnable closing) {
        String said = configuration.text(Setting.TITLES).orElse(smallest.info().name());
        if (said.equals(OFF)) {
            return new ServedModels(all, "", closing);
        }
        ServedModels models = new ServedModels(all, said, closing);
        if (all.stream().noneMatch(model -> model.info().name().equals(said))) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s is %s, but the models are: %s. Name one of them, or write %s."
                            .formatted(Setting.TITLES.key(), said, models.names(), OFF));
        }
        return models;
    }

    /// Returns how many bytes they may have; four fifths of the machine's unless something is said.
    private static long room(int megabytes) {
        return megabytes > 0 ? megabytes * 1_000_000L : Machine.allMemory() / 5 * 4;
    }

    /// Returns what they are called, for a person.
    String names() {
        return all.stream().map(model -> model.info().name()).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        closing.run();
    }
}
