package dev.polymnia.app;

import dev.polymnia.agents.Assistant;
import dev.polymnia.app.chat.DataFolder;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.server.EventJson;
import dev.polymnia.server.PolymniaServer;
import dev.polymnia.server.ServerOptions;
import dev.polymnia.server.store.RunStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Answers programs that speak OpenAI's Chat Completions, in every mode.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia serve",
            "  polymnia serve --host 0.0.0.0 --api-key @keys.txt",
            "  polymnia serve --backend http://localhost:8000",
            "  curl http://localhost:8420/v1/chat/completions -H 'Content-Type: application/json'"
                    + " \\",
            "    -d '{\"model\": \"contemplating\", \"messages\": [{\"role\": \"user\","
                    + " \"content\": \"What is 17 * 23 - 4?\"}]}'"
        })
final class ServeCommand implements Callable<Integer> {
    static final String API_KEY = "POLYMNIA_API_KEY";
    static final String DATABASE = "POLYMNIA_DATABASE";

    private final Console console;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Option(
            names = "--host",
            defaultValue = ServerOptions.USUAL_HOST,
            description = "where it listens; default: ${DEFAULT-VALUE}, which is this machine only")
    private String host = ServerOptions.USUAL_HOST;

    @Option(
            names = "--port",
            defaultValue = "" + ServerOptions.USUAL_PORT,
            description = "0 for a free one; default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--api-key",
            paramLabel = "@FILE",
            description =
                    "the key that clients have to show, or @FILE with one in each line; default:"
                            + " the variable POLYMNIA_API_KEY, which keeps it out of the list of"
                            + " processes and the history. Without one only this machine is served")
    private @Nullable String key;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description =
                    "where runs are kept; default: the folder of the conversations, which"
                            + " POLYMNIA_DATA names")
    private @Nullable Path folder;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "keeps runs in PostgreSQL instead: jdbc:postgresql://HOST/DATABASE?user=NAME;"
                            + " default: the variable POLYMNIA_DATABASE, which keeps a password out"
                            + " of the list of processes")
    private @Nullable String database;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        // Read before a model is loaded: they may be wrong.
        ServerOptions options =
                new ServerOptions(
                        host, port, keys(key, System.getenv()), ServerOptions.USUAL_BYTES);
        Cancellation cancellation = new Cancellation();
        CountDownLatch end = new CountDownLatch(1);
        try (Interrupt interrupt = Interrupt.cancels(cancellation);
                RunStore store = store(folder, database, System.getenv());
                BranchingModel model =
                        backend.open(console, false, cancellation, Budget.UNLIMITED);
                ProgramSandbox programs = new ProgramSandbox(console);
                PolymniaServer server =
                        new PolymniaServer(
                                new Assistant(
                                        model, Clock.SYSTEM, programs.runner(Mode.CONTEMPLATING)),
                                model.info(),
                                store,
                                options)) {
            interrupt.endsBy(end::countDown);
            console.out()
                    .println(
                            "%s answers at %s; Ctrl-C ends it."
                                    .formatted(model.info().name(), server.url()));
            console.out().flush();
            end.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The server was interrupted.", e);
        }
    }

    /// Opens the store of runs.
    ///
    /// @param folder as the option says it; null for the environment's
    /// @param database as the option says it; null for the environment's
    static RunStore store(
            @Nullable Path folder, @Nullable String database, Map<String, String> environment) {
        String url = database == null ? environment.getOrDefault(DATABASE, "") : database;
        if (url.isBlank()) {
            Path place = folder == null ? DataFolder.ofThisMachine().root() : folder;
            return RunStore.inFolder(place, EventJson::line);
        }
        if (folder != null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Runs are kept in a folder or in a database, but both are named; leave out --data-dir, or --database and %s."
                            .formatted(DATABASE));
        }
        return RunStore.at(url, EventJson::line);
    }

    /// Returns the keys of clients.
    ///
    /// @param given as the option says it; null for the environment's
    static Set<String> keys(@Nullable String given, Map<String, String> environment) {
        String words = given == null ? environment.getOrDefault(API_KEY, "") : given;
        return KeyFile.read(words)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
