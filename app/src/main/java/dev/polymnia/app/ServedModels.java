package dev.polymnia.app;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelPool;
import dev.polymnia.core.run.Budget;
import dev.polymnia.models.Catalogue;
import dev.polymnia.server.ModelLibrary;
import dev.polymnia.server.Served;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The models that `serve` answers with: the one that its options name, those of this machine that
/// the configuration adds, and those that owners chose; they share a limit of memory. If nothing is
/// named, and the usual one is not here, there is none until an owner chooses one.
///
/// @param all the first is the one that the options name
/// @param titles which of them writes titles
/// @param pool of all; empty if they are not on this machine
/// @param closing closes them all
record ServedModels(
        List<BranchingModel> all,
        Predicate<BranchingModel> titles,
        Optional<ModelPool> pool,
        Runnable closing)
        implements AutoCloseable {
    private static final String OFF = "off";

    /// Copies the parts.
    ServedModels {
        all = List.copyOf(all);
    }

    /// Loads them, as far as they fit into the memory together; fetches those first that are not
    /// here.
    ///
    /// @param chosen by owners
    /// @param warn is told which of these cannot be opened
    static ServedModels open(
            BackendOptions backend,
            Configuration configuration,
            ChosenModels chosen,
            Consumer<String> warn,
            Console console,
            Cancellation cancellation) {
        Set<String> more = configuration.words(Setting.MORE_MODELS);
        if (more.isEmpty() && backend.isElsewhere(System.getenv())) {
            BranchingModel model = backend.open(console, false, cancellation, Budget.UNLIMITED);
            try {
                return of(List.of(model), Optional.empty(), configuration, model::close);
            } catch (Fault fault) {
                model.close();
                throw fault;
            }
        }
        ModelPool pool = new ModelPool(room(configuration.whole(Setting.MODEL_MEMORY)));
        try {
            List<BranchingModel> all =
                    backend.openAll(
                            pool, Backend.ofThisMachine(console), more, chosen, warn, cancellation);
            return of(all, Optional.of(pool), configuration, pool::close);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /// Finds the one that writes titles.
    ///
    /// @param pool whose smallest does unless something is said; if there is none the first does
    /// @throws Fault `INVALID` if there is none of the name that is said, nor could be; nothing is
    ///   closed then
    static ServedModels of(
            List<BranchingModel> all,
            Optional<ModelPool> pool,
            Configuration configuration,
            Runnable closing) {
        Optional<String> said = configuration.text(Setting.TITLES);
        if (said.isEmpty()) {
            return new ServedModels(all, model -> isSmallest(model, pool), pool, closing);
        }
        String name = said.get();
        ServedModels models =
                new ServedModels(all, model -> model.info().name().equals(name), pool, closing);
        if (!name.equals(OFF)
                && !mayBeChosen(name, pool)
                && all.stream().noneMatch(models.titles())) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s is %s, but the models are: %s. Name one of them, or write %s."
                            .formatted(Setting.TITLES.key(), name, models.names(), OFF));
        }
        return models;
    }

    /// As things are when it is asked: owners add models and take them out.
    private static boolean isSmallest(BranchingModel model, Optional<ModelPool> pool) {
        return pool.flatMap(ModelPool::smallest).map(model::equals).orElse(true);
    }

    private static boolean mayBeChosen(String name, Optional<ModelPool> pool) {
        return pool.isPresent()
                && Catalogue.builtIn().entries().stream()
                        .anyMatch(entry -> entry.name().equals(name));
    }

    /// Returns what owners can choose.
    ///
    /// @param serving makes of a model what a server answers with
    ModelLibrary library(
            ChosenModels chosen, Console console, Function<BranchingModel, Served> serving) {
        return pool.<ModelLibrary>map(shared ->
                        new MachineLibrary(
                                Backend.ofThisMachine(console),
                                Machine.ofThisOne(),
                                shared,
                                all,
                                chosen,
                                serving))
                .orElse(ModelLibrary.EMPTY);
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
