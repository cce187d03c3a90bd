package dev.polymnia.remote;

import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionSystemMessageParam;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.ChatCompletionUserMessageParam;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.ToolSpec;
import java.util.Base64;
import java.util.List;

/// Writes messages and tools as Chat Completions wants them. Thoughts of earlier turns are not
/// sent: the API has no field for them that all endpoints take.
final class MessageWriter {
    private MessageWriter() {}

    static void write(Message message, ChatCompletionCreateParams.Builder request) {
        switch (message.role()) {
            case SYSTEM ->
                    request.addMessage(
                            ChatCompletionSystemMessageParam.builder()
                                    .content(message.text())
                                    .build());
            case USER -> request.addMessage(user(message));
            case ASSISTANT -> request.addMessage(assistant(message));
            case TOOL ->
                    message.parts().stream()
                            .filter(Content.ToolResult.class::isInstance)
                            .map(Content.ToolResult.class::cast)
                            .map(MessageWriter::result)
                            .forEach(request::addMessage);
        }
    }

    /// @throws Fault with `INVALID` if the tool's parameters are no JSON object
    static ChatCompletionFunctionTool tool(ToolSpec spec) {
        return ChatCompletionFunctionTool.builder()
                .function(
                        FunctionDefinition.builder()
                                .name(spec.name())
                                .description(spec.description())
                                .parameters(
                                        FunctionParameters.builder()
                                                .putAllAdditionalProperties(
                                                        JsonSchemas.parse(
                                                                "The parameters of the tool "
                                                                        + spec.name(),
                                                                spec.parameters()))
                                                .build())
                                .build())
                .build();
    }

    private static ChatCompletionUserMessageParam user(Message message) {
        ChatCompletionUserMessageParam.Builder builder = ChatCompletionUserMessageParam.builder();
        boolean plain = message.parts().stream().allMatch(Content.Text.class::isInstance);
        return plain
                ? builder.content(message.text()).build()
                : builder.contentOfArrayOfContentParts(
                                message.parts().stream()
                                        .flatMap(part -> part(part).stream())
                                        .toList())
                        .build();
    }

    private static List<ChatCompletionContentPart> part(Content part) {
        return switch (part) {
            case Content.Text(String text) ->
                    List.of(
                            ChatCompletionContentPart.ofText(
                                    ChatCompletionContentPartText.builder().text(text).build()));
            case Content.Image(Media media) ->
                    List.of(
                            ChatCompletionContentPart.ofImageUrl(
                                    ChatCompletionContentPartImage.builder()
                                            .imageUrl(
                                                    ChatCompletionContentPartImage.ImageUrl
                                                            .builder()
                                                            .url(dataUrl(media))
                                                            .build())
                                            .build()));
            case Content.Reasoning _, Content.Audio _, Content.ToolCall _, Content.ToolResult _ ->
                    List.of();
        };
    }

    private static ChatCompletionAssistantMessageParam assistant(Message message) {
        ChatCompletionAssistantMessageParam.Builder builder =
                ChatCompletionAssistantMessageParam.builder().content(message.text());
        for (Content part : message.parts()) {
            if (part instanceof Content.ToolCall(String id, String name, String arguments)) {
                builder.addToolCall(
                        ChatCompletionMessageFunctionToolCall.builder()
                                .id(id)
                                .function(
                                        ChatCompletionMessageFunctionToolCall.Function.builder()
                                                .name(name)
                                                .arguments(arguments)
                                                .build())
                                .build());
            }
        }
        return builder.build();
    }

    private static ChatCompletionToolMessageParam result(Content.ToolResult result) {
        return ChatCompletionToolMessageParam.builder()
                .toolCallId(result.callId())
                .content((result.failed() ? "The tool failed: " : "") + result.text())
                .build();
    }

    private static String dataUrl(Media media) {
        return "data:"
                + media.type()
                + ";base64,"
                + Base64.getEncoder().encodeToString(media.bytes());
    }
}
