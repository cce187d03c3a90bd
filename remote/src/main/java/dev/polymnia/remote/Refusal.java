package dev.polymnia.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import java.util.Set;
import java.util.regex.Pattern;

/// What an endpoint said when it refused a request. Read from its JSON as it is: the library's own
/// accessors fail when an endpoint leaves out a field.
///
/// @param status the HTTP status
/// @param words for a person; empty if it said nothing that can be read
/// @param parameter the field of the request that is meant, if it said so apart
/// @param kind its own name for what is wrong
record Refusal(int status, String words, String parameter, String kind) {
    private static final Set<Integer> BAD_REQUEST = Set.of(400, 422);
    private static final Pattern CONTEXT =
            Pattern.compile(
                    "context.{0,20}(length|size|window)|exceed_context|maximum context"
                            + "|prompt is too long|too many (input |prompt )?tokens"
                            + "|longer than the maximum model length",
                    Pattern.CASE_INSENSITIVE);

    /// What is said of a field that an endpoint does not have, and not of a value that is wrong.
    private static final Pattern LACKING =
            Pattern.compile(
                    "unrecogni[sz]ed|unknown|unexpected|unsupported|unavailable|extra inputs"
                            + "|(\\bnot|n't) (be )?(\\w+ )?(support|permit|allow|available|enable)",
                    Pattern.CASE_INSENSITIVE);

    /// What is said of a schema or grammar that was read.
    private static final Pattern CONTENT =
            Pattern.compile(
                    "invalid[ _](json[ _])?(schema|grammar)|schema (error|contains|conversion)"
                            + "|\\bpars(e|ing)|\\bcompil|in context=",
                    Pattern.CASE_INSENSITIVE);

    static Refusal of(OpenAIServiceException thrown) {
        JsonValue value = thrown.body();
        JsonNode body =
                value.isMissing() ? MissingNode.getInstance() : value.convert(JsonNode.class);
        return of(thrown.statusCode(), body == null ? MissingNode.getInstance() : body);
    }

    private static Refusal of(int status, JsonNode body) {
        String message = body.isTextual() ? body.asText() : body.path("message").asText("");
        return new Refusal(
                status,
                message.isEmpty() && !body.isEmpty() ? body.toString() : message,
                body.path("param").asText(""),
                body.path("type").asText("") + " " + body.path("code").asText(""));
    }

    /// Returns whether the request itself is what is wrong.
    boolean isOfRequest() {
        return BAD_REQUEST.contains(status);
    }

    /// Returns whether the request is called wrong in a stream, after a status that said otherwise:
    /// by the type that the specification has, or by the status that it would have been.
    boolean isOfRequestInStream() {
        return kind.startsWith("invalid_request_error ")
                || BAD_REQUEST.stream().anyMatch(code -> kind.endsWith(" " + code));
    }

    /// Returns whether a field of the request is what the endpoint does not have, rather than that
    /// what stands in the field is wrong.
    boolean isOfLackingField() {
        return LACKING.matcher(words).find() && !CONTENT.matcher(words + " " + kind).find();
    }

    /// Returns whether the prompt is too long.
    boolean isContextFull() {
        return status == 413 || CONTEXT.matcher(words + " " + kind).find();
    }
}
