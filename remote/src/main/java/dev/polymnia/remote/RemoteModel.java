package dev.polymnia.remote;

import com.openai.core.JsonValue;
import dev.polymnia.core.Cancellation;
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
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A language model behind an endpoint that speaks Chat Completions: llama.cpp's server, Ollama,
/// vLLM, SGLang, or a host. It shares no memory with its forks: each call sends the whole prompt,
/// and branches that start together and differ by their seeds only are one call with `n` answers
/// where the endpoint gives them.
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
    private static final long SECONDS_TO_END = 10;

    private final Link link;
    private final ModelProfile profile;
    private final Set<RemoteTrunk> trunks = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private RemoteModel(Link link, ModelProfile profile) {
        this.link = link;
        this.profile = profile;
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

    /// Connects to an endpoint in another environment.
    static RemoteModel connect(
            RemoteOptions options,
            Function<String, ModelProfile> profiles,
            Cancellation cancellation,
            Map<String, String> environment) {
        // See module-info: the libraries lie on the class path.
        RemoteModel.class
                .getModule()
                .addReads(RemoteModel.class.getClassLoader().getUnnamedModule());
        Wire wire = new Wire(options, environment);
        try {
            Endpoint endpoint = new Discovery(wire, options, cancellation).find();
            ModelProfile profile = profiles.apply(endpoint.model());
            Habits habits = new Habits(endpoint.kind().mayAnswerTogether());
            return new RemoteModel(
                    new Link(
                            options,
                            wire,
                            endpoint,
                            habits,
                            profile.reasoning(),
                            Link.newThreads()),
                    profile);
        } catch (RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    @Override
    public ModelInfo info() {
        Habits habits = link.habits();
        EndpointKind kind = link.endpoint().kind();
        Set<Capability> capabilities = EnumSet.of(Capability.TOOLS);
        if (habits.mostTogether() > 1 && habits.takes(Feature.TOGETHER)) {
            capabilities.add(Capability.SHARED_PREFIXES);
        }
        if (habits.takes(Feature.LOG_PROBABILITIES)) {
            capabilities.add(Capability.LOG_PROBABILITIES);
            capabilities.add(Capability.ALTERNATIVES);
        }
        if (habits.takes(Feature.SCHEMA)) {
            capabilities.add(Capability.SCHEMA);
        }
        if (kind.takesGrammar() && habits.takes(Feature.GRAMMAR)) {
            capabilities.add(Capability.GRAMMAR);
        }
        if (kind.takesBias() && habits.takes(Feature.LOGIT_BIAS)) {
            capabilities.add(Capability.LOGIT_BIAS);
        }
        if (link.endpoint().seesImages()) {
            capabilities.add(Capability.IMAGES);
        }
        if (profile.reasoning() instanceof ReasoningSwitch.Tagged) {
            capabilities.add(Capability.REASONING);
        }
        if (kind.continuesAnswers()) {
            capabilities.add(Capability.BEGINNING);
        }
        return new ModelInfo(
                link.endpoint().model(),
                "",
                link.endpoint().contextTokens(),
                capabilities,
                profile,
                link.prices());
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalStateException if the model is closed
    @Override
    public Trunk open(Prompt prompt) {
        checkOpen();
        Demands.check(prompt, info());
        checkContent(prompt);
        RemoteTrunk trunk = new RemoteTrunk(this, prompt);
        trunks.add(trunk);
        return trunk;
    }

    @Override
    public void close() {
        closed = true;
        trunks.forEach(RemoteTrunk::close);
        link.threads().shutdown();
        try {
            // They are told within a moment; the connections are theirs until then.
            link.threads().awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.wire().close();
    }

    Link link() {
        return link;
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
                        .formatted(link.endpoint().model(), link.options().base(), what));
    }

    /// @throws IllegalStateException if the model is closed
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
