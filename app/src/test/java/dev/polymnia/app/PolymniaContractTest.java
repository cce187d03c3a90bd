package dev.polymnia.app;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.models.Catalogue;
import dev.polymnia.remote.RemoteModel;
import dev.polymnia.remote.RemoteOptions;
import dev.polymnia.server.EventJson;
import dev.polymnia.server.PolymniaServer;
import dev.polymnia.server.Served;
import dev.polymnia.server.ServerOptions;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.BranchingModelContract;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedEmbedder;
import dev.polymnia.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Our own server keeps the contract as an endpoint does: its model in Instant, behind Chat
/// Completions. What these do not carry it does not claim: see docs/design/remote.md.
final class PolymniaContractTest extends BranchingModelContract {
    private static final String STORY =
            IntStream.range(0, 100).mapToObj(i -> "fox" + i).collect(Collectors.joining(" "));

    @TempDir private static @Nullable Path folder;

    private static @Nullable ScriptedModel served;
    private static @Nullable Store store;
    private static @Nullable PolymniaServer server;
    private static @Nullable RemoteModel model;

    @BeforeAll
    static void open() {
        served = ScriptedModel.of(PolymniaContractTest::reply, info());
        store = Store.inFolder(requireNonNull(folder), EventJson::line);
        server =
                new PolymniaServer(
                        List.of(new Served(new Assistant(served, Clock.SYSTEM), served.info())),
                        new ScriptedEmbedder(),
                        store,
                        new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of()),
                        _ -> {});
        model =
                RemoteModel.connect(
                        RemoteOptions.of(server.url()).withModel("scripted:instant"),
                        name -> Catalogue.builtIn().defaultEntry().profile(),
                        new Cancellation());
    }

    private static ModelInfo info() {
        ModelInfo usual = ScriptedModel.defaultInfo();
        Set<Capability> capabilities = EnumSet.copyOf(usual.capabilities());
        capabilities.add(Capability.SCHEMA);
        return new ModelInfo(
                usual.name(), usual.digest(), usual.contextTokens(), capabilities, usual.profile());
    }

    /// Says what an engine would, as far as words matter here.
    private static Reply reply(BranchRequest request, int index) {
        if (!(request.options().constraint() instanceof Constraint.JsonSchema(String schema))) {
            return Reply.of(STORY);
        }
        if (schema.contains("nonsense")) {
            throw new Fault(Fault.Code.INVALID, "The schema's type 'nonsense' is none.");
        }
        return Reply.of("{\"answer\": 42}");
    }

    @AfterAll
    static void close() {
        requireNonNull(model).close();
        requireNonNull(server).close();
        requireNonNull(store).close();
        requireNonNull(served).close();
    }

    @Override
    protected BranchingModel model() {
        return requireNonNull(model);
    }
}
