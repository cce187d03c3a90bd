package dev.polymnia.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import java.util.List;
import java.util.Set;

/// A streaming chat model of LangChain4j that answers with Polymnia's modes in this process: the
/// answer's words as they come, before them the thoughts of a lone agent, or of a team what each
/// agent came to and how the votes stand, and calls of tools at once. Handlers are called on one
/// thread of the run at a time. Thread-safe.
public final class PolymniaStreamingChatModel implements StreamingChatModel {
    private final Asking asking;

    /// Creates a model.
    ///
    /// @param assistant answers; its model stays the caller's, who closes it
    /// @param info of that model
    public PolymniaStreamingChatModel(
            Assistant assistant, ModelInfo info, PolymniaOptions options) {
        asking = new Asking(assistant, info, options);
    }

    /// Starts the answer and returns at once.
    ///
    /// @throws dev.langchain4j.exception.LangChain4jException if the request is not possible; what
    ///   fails later is told to the handler
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        try {
            Asking.Asked asked = asking.start(request, hearer(handler));
            Thread.ofVirtual()
                    .name("chat-" + asked.leg().request().run())
                    .start(() -> finish(asked, handler));
        } catch (Fault fault) {
            throw Asking.exception(fault);
        }
    }

    private static Asking.Hearer hearer(StreamingChatResponseHandler handler) {
        return new Asking.Hearer() {
            @Override
            public void thoughts(String words) {
                handler.onPartialThinking(new PartialThinking(words));
            }

            @Override
            public void words(String words) {
                handler.onPartialResponse(words);
            }
        };
    }

    private void finish(Asking.Asked asked, StreamingChatResponseHandler handler) {
        ChatResponse response;
        try {
            response = asking.finish(asked);
        } catch (Fault fault) {
            handler.onError(Asking.exception(fault));
            return;
        }
        int index = 0;
        for (var call : response.aiMessage().toolExecutionRequests()) {
            handler.onCompleteToolCall(new CompleteToolCall(index++, call));
        }
        handler.onCompleteResponse(response);
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
