package dev.polymnia.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import java.util.List;
import java.util.Set;

/// A chat model of LangChain4j that answers with Polymnia's modes in this process. Thread-safe.
public final class PolymniaChatModel implements ChatModel {
    private static final Asking.Hearer NOBODY =
            new Asking.Hearer() {
                @Override
                public void thoughts(String words) {}

                @Override
                public void words(String words) {}
            };

    private final Asking asking;

    /// Creates a model.
    ///
    /// @param assistant answers; its model stays the caller's, who closes it
    /// @param info of that model
    public PolymniaChatModel(Assistant assistant, ModelInfo info, PolymniaOptions options) {
        asking = new Asking(assistant, info, options);
    }

    /// Answers; blocks until the answer, or calls of tools, are there.
    ///
    /// @throws dev.langchain4j.exception.LangChain4jException as the run failed; the cause is
    ///   Polymnia's own [Fault]
    @Override
    public ChatResponse doChat(ChatRequest request) {
        try {
            return asking.finish(asking.start(request, NOBODY));
        } catch (Fault fault) {
            throw Asking.exception(fault);
        }
    }

    @Override
    public List<ChatModelListener> listeners() {
        return asking.options().listeners();
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
