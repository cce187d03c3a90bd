package dev.polymnia.app;

import dev.polymnia.app.chat.DataFolder;
import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelPool;
import dev.polymnia.core.model.ProfiledModel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ProfileFile;
import dev.polymnia.remote.RemoteModel;
import dev.polymnia.remote.RemoteOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what answers; the same for every command that asks a model.
final class BackendOptions {
    static final String BACKEND = "POLYMNIA_BACKEND";
    static final String KEY = "POLYMNIA_KEY";
    private static final String NONE = "none";

    @Option(
            names = "--model",
            completionCandidates = ModelNames.class,
            description =
                    "a name of `polymnia models list` or a path to a GGUF file; with --backend the"
                            + " endpoint's name of a model")
    private @Nullable String model;

    @Option(
            names = "--backend",
            paramLabel = "URL",
            description =
                    "an OpenAI-compatible endpoint that answers instead of this machine, for"
                        + " example http://localhost:11434; given more than once, all of them serve"
                        + " the same model; default: the variable POLYMNIA_BACKEND, with commas"
                        + " between several; none for this machine, whatever the variable says")
    private List<String> backends = List.of();

    @Option(
            names = "--backend-calls",
            paramLabel = "COUNT",
            description =
                    "how many calls to an endpoint may be in flight at once, more wait; default: "
                            + RemoteOptions.USUAL_CALLS)
    private @Nullable Integer calls;

    @Option(
            names = "--key",
            description =
                    "the endpoints' key, or @FILE for a file that holds it; default: the variable"
                            + " POLYMNIA_KEY, which keeps it out of the list of processes and the"
                            + " history")
    private @Nullable String key;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description =
                    "how the model is asked, as polymnia calibrate writes it; default: the"
                            + " model's own, if it was calibrated here")
    private @Nullable Path profile;

    /// Opens the model that the options name, with its profile; fetches it first if it is not here.
    ///
    /// @param console is told of transfers
    /// @param mayAsk whether a person at a terminal may be asked something before
    /// @param budget if it limits money, the endpoint's prices have to be known
    /// @return the model; the caller closes it
    BranchingModel open(Console console, boolean mayAsk, Cancellation cancellation, Budget budget) {
        // Read before a model is loaded: it may be wrong.
        Optional<ProfileFile> given = Optional.ofNullable(profile).map(ProfileFile::read);
        return profiled(openPlain(console, mayAsk, cancellation, budget), given);
    }

    /// Opens the model that the options name, and more of this machine, in a pool, each with its
    /// profile; fetches them first if they are not here. If the options name none, that is the
    /// usual one, if it is here or more are wanted.
    ///
    /// @param here where they are
    /// @param more catalogue names or GGUF files
    /// @param chosen of which those that are here are opened as well
    /// @param warn is told which of these cannot be opened, and why
    /// @return them all; none if nothing is named and nothing is here
    /// @throws Fault `INVALID` if an endpoint is to answer; as [ModelPool#add]
    List<BranchingModel> openAll(
            ModelPool pool,
            Backend here,
            Set<String> more,
            ChosenModels chosen,
            Consumer<String> warn,
            Cancellation cancellation) {
        requireHere(more);
        Optional<ProfileFile> given = Optional.ofNullable(profile).map(ProfileFile::read);
        List<BranchingModel> models = new ArrayList<>();
        if (model != null || !more.isEmpty() || here.hasUsual()) {
            models.add(add(pool, here, Optional.ofNullable(model), given, cancellation));
        }
        for (String each : more) {
            models.add(add(pool, here, Optional.of(each), Optional.empty(), cancellation));
        }
        for (String each : chosen.names()) {
            if (here.has(each) && models.stream().noneMatch(it -> it.info().name().equals(each))) {
                addChosen(pool, here, each, chosen, warn, cancellation).ifPresent(models::add);
            }
        }
        return models;
    }

    /// What was chosen on the page must not keep it from opening.
    private static Optional<BranchingModel> addChosen(
            ModelPool pool,
            Backend here,
            String name,
            ChosenModels chosen,
            Consumer<String> warn,
            Cancellation cancellation) {
        try {
            return Optional.of(add(pool, here, name, cancellation));
        } catch (Fault fault) {
            cancellation.check();
            warn.accept(
                    "%s was chosen on the page (%s) and is left out: %s"
                            .formatted(name, chosen.file(), fault.getMessage()));
            return Optional.empty();
        }
    }

    /// Returns whether an endpoint is to answer.
    boolean isElsewhere(Map<String, String> environment) {
        return !remote(environment).isEmpty();
    }

    private void requireHere(Set<String> more) {
        if (!more.isEmpty() && !remote(System.getenv()).isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s are to be loaded on this machine, but an endpoint is to answer; leave out models.more or the backend."
                            .formatted(String.join(", ", more)));
        }
    }

    /// Connects to an endpoint that none of the options name, with its prices, the model's profile
    /// and as many calls at once as they say.
    ///
    /// @return the model; the caller closes it
    BranchingModel connect(RemoteOptions endpoint, Cancellation cancellation) {
        Path prices = DataFolder.ofThisMachine().prices();
        RemoteOptions priced = limited(endpoint).withPrices(PriceTable.of(prices, endpoint.base()));
        return profiled(
                RemoteModel.connect(priced, Catalogue.builtIn()::profileForServed, cancellation),
                Optional.empty());
    }

    /// Adds a model of this machine to a pool, with its profile; fetches it first if it is not
    /// here.
    static BranchingModel add(
            ModelPool pool, Backend here, String name, Cancellation cancellation) {
        return add(pool, here, Optional.of(name), Optional.empty(), cancellation);
    }

    private static BranchingModel add(
            ModelPool pool,
            Backend here,
            Optional<String> name,
            Optional<ProfileFile> given,
            Cancellation cancellation) {
        LocalModel file = here.find(name, cancellation);
        return pool.add(
                file.name(),
                Backend.mostBytes(file),
                () -> profiled(here.load(file, LlamaOptions.DEFAULT, cancellation), given));
    }

    private static BranchingModel profiled(BranchingModel model, Optional<ProfileFile> given) {
        return profiled(DataFolder.ofThisMachine(), model, given);
    }

    /// Returns a model with its profile.
    ///
    /// @param data has what was found of it here, if it was calibrated
    /// @param model is closed if the profile cannot be read
    /// @param given goes before that
    static BranchingModel profiled(
            DataFolder data, BranchingModel model, Optional<ProfileFile> given) {
        try {
            Path own = data.profile(model.info().name());
            Optional<ProfileFile> file =
                    given.or(() -> Optional.of(own).filter(Files::exists).map(ProfileFile::read));
            return file.<BranchingModel>map(
                            it -> new ProfiledModel(model, it.over(model.info().profile())))
                    .orElse(model);
        } catch (Fault fault) {
            model.close();
            throw fault;
        }
    }

    /// Opens the model with the profile of the catalogue.
    BranchingModel openPlain(
            Console console, boolean mayAsk, Cancellation cancellation, Budget budget) {
        List<RemoteOptions> remote = remote(System.getenv());
        if (!remote.isEmpty()) {
            return connect(remote, console, cancellation, budget);
        }
        Backend here = Backend.ofThisMachine(console);
        if (mayAsk) {
            here.offerTuning(Optional.ofNullable(model), cancellation);
        }
        return here.load(Optional.ofNullable(model), cancellation);
    }

    /// Takes from a configuration what was not given.
    ///
    /// @param environment looked up: [#KEY], which goes before the configuration's key
    /// @throws Fault `INVALID` if there is a key for no endpoint
    void takeFrom(Configuration configuration, Map<String, String> environment) {
        model = model == null ? configuration.text(Setting.MODEL).orElse(null) : model;
        profile = profile == null ? configuration.file(Setting.PROFILE).orElse(null) : profile;
        if (calls == null) {
            calls = configuration.whole(Setting.BACKEND_CALLS);
        }
        Optional<Path> file = configuration.file(Setting.BACKEND_KEY_FILE);
        if (!backends.isEmpty()) {
            return;
        }
        backends = configuration.texts(Setting.BACKEND);
        if (backends.isEmpty() && file.isPresent()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "There is a backend-key-file but no endpoint it is for; set backend, too.");
        }
        // A key that stands in the file is for the endpoint there and no business of another one.
        boolean isItsOwn =
                configuration
                                .origin(Setting.BACKEND_KEY_FILE)
                                .compareTo(configuration.origin(Setting.BACKEND))
                        >= 0;
        boolean isNeeded =
                !backends.equals(List.of(NONE)) && environment.getOrDefault(KEY, "").isBlank();
        if (key == null && isItsOwn && isNeeded) {
            key = file.map(path -> "@" + path).orElse(null);
        }
    }

    /// Checks as far as can be told without loading or asking anything.
    ///
    /// @throws Fault as [#open] for what is wrong with the options
    ///
    /// @param more as in [#openAll]
    void check(Set<String> more, Console console) {
        Optional.ofNullable(profile).ifPresent(ProfileFile::read);
        requireHere(more);
        more.forEach(each -> Backend.ofThisMachine(console).check(Optional.of(each)));
        if (remote(System.getenv()).isEmpty()) {
            Backend.ofThisMachine(console).check(Optional.ofNullable(model));
        }
    }

    /// Returns whether one of them was given; the environment does not count.
    boolean isAnyGiven() {
        return model != null
                || !backends.isEmpty()
                || calls != null
                || key != null
                || profile != null;
    }

    /// Returns the endpoint that an environment names; empty if this machine answers.
    static Optional<String> endpoint(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault(BACKEND, "").strip())
                .filter(url -> !url.isEmpty() && !url.equals(NONE));
    }

    /// Returns where the endpoints are; none if this machine answers.
    ///
    /// @param environment looked up: [#BACKEND], [#KEY]
    /// @throws Fault with `INVALID` or `NOT_FOUND` if the options contradict each other or name a
    ///   file that is not there
    List<RemoteOptions> remote(Map<String, String> environment) {
        List<String> usual = named(List.of(environment.getOrDefault(BACKEND, "").split(",", -1)));
        List<String> urls = backends.isEmpty() ? usual : named(backends);
        if (urls.isEmpty() || urls.equals(List.of(NONE))) {
            if (key != null) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "There is a --key but no endpoint it is for; give its address with"
                                + " --backend.");
            }
            return List.of();
        }
        if (urls.contains(NONE)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The backend 'none' stands beside endpoints; leave it out, or them.");
        }
        // The key of the usual endpoints is no business of another one.
        Set<URI> known =
                usual.stream()
                        .filter(url -> !url.equals(NONE))
                        .map(url -> RemoteOptions.of(url).base())
                        .collect(Collectors.toSet());
        String usualKey = environment.getOrDefault(KEY, "").strip();
        List<RemoteOptions> all = new ArrayList<>();
        for (String url : urls) {
            RemoteOptions options = options(url);
            boolean isUsual = usual.isEmpty() || known.contains(options.base());
            String found = key != null ? KeyFile.read(key) : isUsual ? usualKey : "";
            all.add(key == null && found.isEmpty() ? options : options.withKey(found));
        }
        return all;
    }

    private RemoteOptions options(String url) {
        RemoteOptions options = RemoteOptions.of(url);
        return limited(model == null ? options : options.withModel(model));
    }

    private RemoteOptions limited(RemoteOptions options) {
        if (calls != null && calls < 1) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "--backend-calls is %d; choose 1 or more.".formatted(calls));
        }
        return calls == null ? options : options.withCalls(calls);
    }

    private static List<String> named(List<String> words) {
        return words.stream().map(String::strip).filter(url -> !url.isEmpty()).toList();
    }

    private static RemoteModel connect(
            List<RemoteOptions> endpoints,
            Console console,
            Cancellation cancellation,
            Budget budget) {
        Path file = DataFolder.ofThisMachine().prices();
        List<RemoteOptions> priced =
                endpoints.stream()
                        .map(each -> each.withPrices(PriceTable.of(file, each.base())))
                        .toList();
        RemoteModel model = connect(priced, console, cancellation);
        String name = model.info().name();
        for (RemoteOptions each : priced) {
            if (budget.limitsMoney() && !each.prices().containsKey(name)) {
                model.close();
                throw PriceTable.unknown(file, each.base(), name);
            }
        }
        return model;
    }

    private static RemoteModel connect(
            List<RemoteOptions> endpoints, Console console, Cancellation cancellation) {
        console.status(
                endpoints.stream()
                        .map(each -> each.base().toString())
                        .collect(Collectors.joining(", ", "Connecting to ", " …")));
        try {
            return RemoteModel.connect(
                    endpoints, Catalogue.builtIn()::profileForServed, cancellation);
        } finally {
            console.status("");
        }
    }
}
