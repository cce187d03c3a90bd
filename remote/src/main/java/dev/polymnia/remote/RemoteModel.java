package dev.polymnia.remote;

import static java.util.stream.Collectors.joining;

import com.openai.core.JsonValue;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.Demands;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A language model behind an endpoint that speaks Chat Completions, or several that serve the
/// same: llama.cpp's server, Ollama, vLLM, SGLang, another Polymnia, or a host. It shares no memory
/// with its forks: each call sends the whole prompt, and branches that start together and differ by
/// their seeds only are one call with `n` answers where the endpoint gives them.
///
/// Of what an endpoint does not do it goes without and remembers it, so [#info] may promise less
/// after the first call than before. What a request relies on (a schema, a grammar, a bias, a
/// forced call) it does not go without: such a branch fails with `UNSUPPORTED`. An endpoint has no
/// notion of a [priority][dev.polymnia.core.model.Priority]. Thread-safe. Events come on a virtual
/// thread of the call.
///
/// After [#close], opening, forking and continuing throw `IllegalStateException`, and branches that
/// ran end as cancelled.
public final class RemoteModel implements BranchingModel {
    private final Pool pool;
    private final Dispatch dispatch;
    private final ModelProfile profile;
    private final Set<RemoteTrunk> trunks = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private RemoteModel(Pool pool, ModelProfile profile) {
        this.pool = pool;
        this.profile = profile;
        dispatch = new Dispatch(profile.reasoning());
    }

    /// Asks an endpoint for its models, and nothing else. Blocks until it answers; the environment
    /// counts as for [#connect].
    ///
    /// @param options where it is; the model counts for nothing
    /// @param cancellation ends the waiting
    /// @return their names; none if it has no list of them
    /// @throws Fault as [#connect], but for what concerns a model
    public static List<String> models(RemoteOptions options, Cancellation cancellation) {
        readLibraries();
        try (Wire wire = new Wire(options, System.getenv())) {
            return new Discovery(wire, options, cancellation).names();
        }
    }

    /// Connects to an endpoint: asks it for its models, and nothing else. Blocks until it answers.
    /// The environment says whether there is a proxy: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`,
    /// `NO_PROXY`.
    ///
    /// @param options where it is
    /// @param profiles how a model of a name likes to be asked
    /// @param cancellation ends the waiting
    /// @return the model; the caller closes it
    /// @throws Fault with `UNAVAILABLE` if it cannot be reached or fails; `INVALID` if it wants
    ///   another key, has several models and none is chosen, or the proxy's address is wrong;
    ///   `NOT_FOUND` if it does not have the model or a list of models; `CORRUPT` if what answers
    ///   is no such endpoint; `OVERLOADED`; `CANCELLED`
    public static RemoteModel connect(
            RemoteOptions options,
            Function<String, ModelProfile> profiles,
            Cancellation cancellation) {
        return connect(options, profiles, cancellation, System.getenv());
    }

    /// Connects to several endpoints that all serve the same model: each is asked for its models.
    /// All trunks of a conversation are at one of them. One that fails is left alone for a while,
    /// and its calls that came to no words are made at another one.
    ///
    /// @param endpoints where they are, at least one
    /// @param profiles how a model of a name likes to be asked
    /// @param cancellation ends the waiting
    /// @return the model; the caller closes it
    /// @throws Fault as for one endpoint, and `INVALID` if one is named twice, their models differ,
    ///   or what these take for a token
    public static RemoteModel connect(
            List<RemoteOptions> endpoints,
            Function<String, ModelProfile> profiles,
            Cancellation cancellation) {
        return connect(endpoints, profiles, cancellation, System.getenv(), Clock.SYSTEM);
    }

    /// Connects to an endpoint in another environment.
    static RemoteModel connect(
            RemoteOptions options,
            Function<String, ModelProfile> profiles,
            Cancellation cancellation,
            Map<String, String> environment) {
        return connect(List.of(options), profiles, cancellation, environment, Clock.SYSTEM);
    }

    /// Connects to endpoints in another environment.
    ///
    /// @param clock says when one that failed is tried again
    static RemoteModel connect(
            List<RemoteOptions> endpoints,
            Function<String, ModelProfile> profiles,
            Cancellation cancellation,
            Map<String, String> environment,
            Clock clock) {
        readLibraries();
        List<Link> links = new ArrayList<>();
        try {
            Sameness.checkAddresses(endpoints);
            for (RemoteOptions each : endpoints) {
                Breaker breaker = endpoints.size() == 1 ? Breaker.never() : Breaker.of(clock);
                links.add(Link.open(each, environment, breaker, cancellation));
            }
            Sameness.checkModels(links);
            return new RemoteModel(
                    new Pool(links), profiles.apply(links.getFirst().endpoint().model()));
        } catch (RuntimeException e) {
            links.forEach(Link::close);
            throw e;
        }
    }

    /// See module-info: the libraries lie on the class path.
    private static void readLibraries() {
        RemoteModel.class
                .getModule()
                .addReads(RemoteModel.class.getClassLoader().getUnnamedModule());
    }

    /// {@inheritDoc}
    ///
    /// What several endpoints can do is what each of them can.
    @Override
    public ModelInfo info() {
        Set<Capability> capabilities = EnumSet.allOf(Capability.class);
        pool.links().forEach(link -> capabilities.retainAll(link.capabilities()));
        if (profile.reasoning() instanceof ReasoningSwitch.Tagged) {
            capabilities.add(Capability.REASONING);
        }
        Link first = pool.links().getFirst();
        int context =
                pool.links().stream()
                        .mapToInt(link -> link.endpoint().contextTokens())
                        .min()
                        .orElseThrow();
        return new ModelInfo(
                first.endpoint().model(), "", context, capabilities, profile, first.prices());
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalStateException if the model is closed
    @Override
    public Trunk open(Prompt prompt) {
        checkOpen();
        Demands.check(prompt, info());
        checkContent(prompt);
        RemoteTrunk trunk = new RemoteTrunk(this, prompt, pool.seat(prompt));
        trunks.add(trunk);
        return trunk;
    }

    @Override
    public void close() {
        closed = true;
        trunks.forEach(RemoteTrunk::close);
        // They are told within a moment; the connections are theirs until then.
        dispatch.close();
        pool.links().forEach(Link::close);
    }

    Pool pool() {
        return pool;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    ReasoningSwitch reasoning() {
        return profile.reasoning();
    }

    void forget(RemoteTrunk trunk) {
        trunks.remove(trunk);
    }

    /// Checks that the endpoint can be asked for something.
    ///
    /// @throws Fault with `UNSUPPORTED`; `INVALID` if a demand contradicts itself or cannot be read
    void check(BranchRequest request) {
        Demands.check(request, info());
        checkContent(request.prompt());
        checkConstraint(request);
        Detail detail = request.options().detail();
        int wanted = Math.max(detail.confidence(), detail.alternatives());
        if (wanted > Detail.REMOTE_MOST) {
            throw unsupported(
                    "tells the probabilities of at most "
                            + Detail.REMOTE_MOST
                            + " tokens at each place; ask for fewer than "
                            + wanted);
        }
    }

    private void checkConstraint(BranchRequest request) {
        Constraint constraint = request.options().constraint();
        if (constraint instanceof Constraint.JsonSchema(String schema)) {
            Map<String, JsonValue> _ = JsonSchemas.parse(schema);
        }
        if (!(constraint instanceof Constraint.Free) && !request.prompt().beginning().isEmpty()) {
            // Some hold the whole answer against it, others what comes after our words.
            throw unsupported("cannot keep an answer that we begin to a schema or grammar");
        }
    }

    private void checkContent(Prompt prompt) {
        ModelInfo info = info();
        for (Message message : prompt.messages()) {
            message.parts().forEach(part -> check(part, info));
        }
    }

    private void check(Content part, ModelInfo info) {
        switch (part) {
            case Content.Image _ -> {
                if (!info.can(Capability.IMAGES)) {
                    throw unsupported("takes no pictures; choose a model that sees");
                }
            }
            case Content.Audio _ -> throw unsupported("is not sent sound");
            case Content.ToolResult result -> {
                if (!result.parts().stream().allMatch(Content.Text.class::isInstance)) {
                    throw unsupported("takes tool results of text only");
                }
            }
            case Content.Text _, Content.Reasoning _, Content.ToolCall _ -> {}
        }
    }

    private Fault unsupported(String what) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                "The model %s at %s %s."
                        .formatted(
                                pool.links().getFirst().endpoint().model(),
                                pool.links().stream()
                                        .map(link -> link.options().base().toString())
                                        .collect(joining(" and ")),
                                what));
    }

    /// @throws IllegalStateException if the model is closed
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
