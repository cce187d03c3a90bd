package dev.polymnia.app;

import dev.polymnia.agents.Assistant;
import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Embedder;
import dev.polymnia.embed.OnnxEmbedder;
import dev.polymnia.server.PolymniaServer;
import dev.polymnia.server.Served;
import dev.polymnia.server.ServerLimits;
import dev.polymnia.server.ServerOptions;
import dev.polymnia.server.TlsFiles;
import dev.polymnia.server.store.FileLimits;
import dev.polymnia.server.store.Retention;
import dev.polymnia.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Answers programs that speak OpenAI's Chat Completions or Responses, or Anthropic's"
                        + " Messages, in every mode, and keeps their runs; and those that want"
                        + " OpenAI's Embeddings.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia serve",
            "  polymnia serve --host 0.0.0.0 --api-key @keys.txt",
            "  polymnia serve --backend http://localhost:8000",
            "  polymnia serve --config polymnia.toml --check",
            "  curl http://localhost:8420/v1/chat/completions -H 'Content-Type: application/json'"
                    + " \\",
            "    -d '{\"model\": \"contemplating\", \"messages\": [{\"role\": \"user\","
                    + " \"content\": \"What is 17 * 23 - 4?\"}]}'"
        })
final class ServeCommand implements Callable<Integer> {
    static final String API_KEY = "POLYMNIA_API_KEY";

    private static final long MEGABYTE = 1_000_000;

    private final Console console;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Mixin private StoreOptions kept = new StoreOptions();

    @Option(
            names = "--check",
            description = "say whether the configuration is right, and end; nothing is loaded")
    private boolean check;

    @Option(
            names = "--host",
            description =
                    "where it listens; default: "
                            + ServerOptions.USUAL_HOST
                            + ", which is this machine only")
    private @Nullable String host;

    @Option(
            names = "--port",
            description = "0 for a free one; default: " + ServerOptions.USUAL_PORT)
    private @Nullable Integer port;

    @Option(
            names = "--api-key",
            paramLabel = "@FILE",
            description =
                    "the key that clients have to show, or @FILE with one in each line; default:"
                            + " the variable POLYMNIA_API_KEY, which keeps it out of the list of"
                            + " processes and the history. Without one only this machine is served")
    private @Nullable String key;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        // Read before a model is loaded: they may be wrong.
        Configuration configuration = kept.configuration(System.getenv());
        ServerOptions options = options(configuration, System.getenv());
        backend.takeFrom(configuration, System.getenv());
        if (check) {
            backend.check(configuration.words(Setting.MORE_MODELS), console);
            console.out()
                    .println(
                            "The configuration is right; it would listen on %s, port %d."
                                    .formatted(options.host(), options.port()));
            return 0;
        }
        ServeLog log = ServeLog.of(console.err(), configuration);
        log.install(configuration);
        return serve(configuration, options, log);
    }

    private int serve(Configuration configuration, ServerOptions options, ServeLog log) {
        Duration grace = Duration.ofSeconds(configuration.whole(Setting.GRACE_SECONDS));
        Cancellation cancellation = new Cancellation();
        CountDownLatch end = new CountDownLatch(1);
        Path folder = kept.folder(configuration);
        ChosenModels chosen = new ChosenModels(folder.resolve("models"));
        try (Interrupt interrupt = Interrupt.cancels(cancellation);
                Store store = kept.open(configuration);
                Retention _ = new Retention(store.runs(), kept(configuration));
                ServedModels models =
                        ServedModels.open(
                                backend, configuration, chosen, log::warn, console, cancellation);
                ProgramSandbox programs = new ProgramSandbox(console);
                KeptEndpoints endpoints =
                        new KeptEndpoints(
                                new EndpointFile(folder.resolve("endpoints.json")),
                                backend::connect,
                                (model, hosts) -> served(model, hosts, programs, models.titles()));
                Embedder embedder = new OnnxEmbedder();
                PolymniaServer server =
                        new PolymniaServer(
                                models.all().stream()
                                        .map(model ->
                                                served(model, hosts(), programs, models.titles()))
                                        .toList(),
                                models.library(
                                        chosen,
                                        console,
                                        model ->
                                                served(model, Set.of(), programs, models.titles())),
                                endpoints,
                                embedder,
                                store,
                                options,
                                ServeLog.requests(console.err(), configuration))) {
            interrupt.endsBy(end::countDown, grace);
            console.out().println(greeting(models, server));
            console.out().flush();
            end.await();
            if (!server.drain(grace)) {
                log.warn(
                        "Runs were still at work after %d seconds and are cancelled."
                                .formatted(grace.toSeconds()));
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The server was interrupted.", e);
        }
    }

    private static String greeting(ServedModels models, PolymniaServer server) {
        return models.all().isEmpty()
                ? "There is no model on this machine yet: choose one on the page at %s, add an endpoint there, or start with --model NAME; Ctrl-C ends it."
                        .formatted(server.origin())
                : "%s answers at %s; Ctrl-C ends it.".formatted(models.names(), server.url());
    }

    /// Returns where models are asked that are not on this machine.
    private Set<String> hosts() {
        return backend.remote(System.getenv()).stream()
                .map(endpoint -> endpoint.base().getAuthority())
                .collect(Collectors.toSet());
    }

    /// @param hosts where it is asked, if it is not on this machine
    /// @param titles says which model writes them
    private static Served served(
            BranchingModel model,
            Set<String> hosts,
            ProgramSandbox programs,
            Predicate<BranchingModel> titles) {
        return new Served(
                new Assistant(model, Clock.SYSTEM, programs.runner(Mode.CONTEMPLATING)),
                model.info(),
                hosts,
                () -> titles.test(model));
    }

    private static Duration kept(Configuration configuration) {
        return Duration.ofDays(configuration.whole(Setting.KEEP_DAYS));
    }

    /// Returns how the server is opened: as the options say, else as the configuration does.
    ServerOptions options(Configuration configuration, Map<String, String> environment) {
        ServerLimits limits =
                new ServerLimits(
                        configuration.whole(Setting.BODY_BYTES),
                        configuration.whole(Setting.HEADER_BYTES),
                        configuration.whole(Setting.CONNECTIONS),
                        configuration.whole(Setting.RUNS),
                        configuration.whole(Setting.WAITING),
                        Duration.ofSeconds(configuration.whole(Setting.WAIT_SECONDS)),
                        configuration.whole(Setting.EVENTS),
                        files(configuration));
        TlsFiles tls = tls(configuration);
        if (tls != null) {
            tls.check();
        }
        return new ServerOptions(
                host == null ? configuration.text(Setting.HOST).orElseThrow() : host,
                port == null ? configuration.whole(Setting.PORT) : port,
                keys(configuration, environment),
                limits,
                tls,
                configuration.words(Setting.CORS_ORIGINS),
                TraceSettings.options(configuration),
                configuration.text(Setting.PUBLIC_URL).orElse(null),
                OpenIdSettings.options(configuration, environment));
    }

    private static FileLimits files(Configuration configuration) {
        return new FileLimits(
                configuration.whole(Setting.FILE_BYTES),
                configuration.whole(Setting.FILES_PER_CONVERSATION),
                configuration.whole(Setting.CONVERSATION_FILES_MB) * MEGABYTE,
                configuration.whole(Setting.PERSON_FILES_MB) * MEGABYTE);
    }

    private static @Nullable TlsFiles tls(Configuration configuration) {
        Optional<Path> certificate = configuration.file(Setting.TLS_CERTIFICATE);
        Optional<Path> own = configuration.file(Setting.TLS_KEY);
        if (certificate.isPresent() != own.isPresent()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "TLS needs both tls.certificate and tls.key, but only %s is set; set the other, or none."
                            .formatted(own.isPresent() ? "tls.key" : "tls.certificate"));
        }
        return certificate.isPresent() && own.isPresent()
                ? new TlsFiles(certificate.get(), own.get())
                : null;
    }

    private Set<String> keys(Configuration configuration, Map<String, String> environment) {
        Optional<Path> file = configuration.file(Setting.API_KEY_FILE);
        boolean said = key != null || !environment.getOrDefault(API_KEY, "").isBlank();
        return keys(said ? key : file.map(path -> "@" + path).orElse(null), environment);
    }

    /// Returns the keys of clients.
    ///
    /// @param given as the option says it; null for the environment's
    /// @throws Fault `INVALID` if something was given but has no key in it
    static Set<String> keys(@Nullable String given, Map<String, String> environment) {
        String words = given == null ? environment.getOrDefault(API_KEY, "") : given;
        Set<String> keys =
                KeyFile.read(words)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .collect(Collectors.toUnmodifiableSet());
        if (keys.isEmpty() && !words.isBlank()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "There is no key in what should hold the keys of clients; write one in each"
                            + " line.");
        }
        return keys;
    }
}
