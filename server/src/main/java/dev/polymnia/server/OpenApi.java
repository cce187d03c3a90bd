package dev.polymnia.server;

import io.helidon.http.Method;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of the routes. What bodies of requests may have stands in
/// `schemas.json`; what answers have is for the APIs' own references to say. Stateless.
final class OpenApi {
    private static final String SCHEMAS = "schemas.json";
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /// What a client may be told instead of an answer.
    private static final List<Integer> ERRORS =
            List.of(400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 502, 503);

    private OpenApi() {}

    /// Returns the document.
    ///
    /// @param session the name of the cookie with the secret of a session
    static String of(List<Route> routes, String session) {
        ObjectNode document = RunJson.object();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Polymnia")
                .put("version", "1")
                .put(
                        "description",
                        "Models in the modes Instant, Thinking and Contemplating, and who shares"
                                + " them.");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path =
                    paths.has(route.path())
                            ? (ObjectNode) paths.get(route.path())
                            : paths.putObject(route.path());
            path.set(route.method().text().toLowerCase(Locale.ROOT), operation(route));
        }
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas());
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("key").put("type", "http").put("scheme", "bearer");
        schemes.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", session);
        return document.toString();
    }

    private static ObjectNode operation(Route route) {
        ObjectNode operation = RunJson.object();
        operation.put("summary", route.summary());
        operation.put("x-access", route.access().name().toLowerCase(Locale.ROOT));
        Matcher parameter = PARAMETER.matcher(route.path());
        ArrayNode parameters = operation.putArray("parameters");
        while (parameter.find()) {
            parameters
                    .addObject()
                    .put("name", parameter.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        if (route.body().isPresent() || route.sent() != Route.Sent.JSON) {
            ObjectNode content =
                    operation.putObject("requestBody").put("required", true).putObject("content");
            route.body().ifPresent(schema -> refer(content, schema));
            if (route.sent() != Route.Sent.JSON) {
                // A ZIP, too: what fuzzes servers cannot make one by its name.
                content.putObject("application/octet-stream")
                        .putObject("schema")
                        .put("type", "string")
                        .put("format", "binary");
            }
        }
        ObjectNode responses = operation.putObject("responses");
        if (route.dialect() == Dialect.PAGE) {
            putPages(responses);
        } else {
            ObjectNode answer = putAnswers(responses, route);
            if (route.tagged()) {
                putTags(route, parameters, answer, responses);
            }
        }
        if (route.access() != Route.Access.ANYBODY) {
            // Where there are no keys nothing is wanted.
            ArrayNode security = operation.putArray("security");
            security.addObject().putArray("key");
            security.addObject().putArray("session");
            security.addObject();
        }
        return operation;
    }

    /// Returns what is told of the answer.
    private static ObjectNode putAnswers(ObjectNode responses, Route route) {
        ObjectNode answer = responses.putObject("200").put("description", "what was asked for");
        responses.putObject("201").put("description", "it is made");
        responses.putObject("202").put("description", "it was begun, and goes on");
        boolean refuses = route.access() != Route.Access.ANYBODY || route.body().isPresent();
        for (int status : refuses ? ERRORS : List.of(503)) {
            ObjectNode error =
                    responses
                            .putObject(Integer.toString(status))
                            .put("description", "why it is refused");
            if (refuses) {
                refer(
                        error.putObject("content"),
                        route.dialect() == Dialect.OPENAI ? "Error" : "AnthropicError");
            }
        }
        return answer;
    }

    private static void putPages(ObjectNode responses) {
        putPage(responses, 200, "a page that leads on");
        ObjectNode elsewhere = responses.putObject("302").put("description", "it goes on there");
        elsewhere
                .putObject("headers")
                .putObject("Location")
                .putObject("schema")
                .put("type", "string");
        ERRORS.forEach(status -> putPage(responses, status, "why it is refused"));
    }

    private static void putPage(ObjectNode responses, int status, String what) {
        responses
                .putObject(Integer.toString(status))
                .put("description", what)
                .putObject("content")
                .putObject("text/html")
                .putObject("schema")
                .put("type", "string");
    }

    private static void putTags(
            Route route, ArrayNode parameters, ObjectNode answer, ObjectNode responses) {
        boolean reads = route.method().equals(Method.GET);
        parameters
                .addObject()
                .put("name", reads ? "If-None-Match" : "If-Match")
                .put("in", "header")
                .put("description", "tags that it was read with")
                .putObject("schema")
                .put("type", "string");
        if (reads) {
            responses.putObject("304").put("description", "it is as it was read");
        } else {
            refer(
                    responses
                            .putObject("412")
                            .put("description", "somebody has changed it since it was read")
                            .putObject("content"),
                    "Error");
        }
        if (!route.method().equals(Method.DELETE)) {
            answer.putObject("headers")
                    .putObject("ETag")
                    .put("description", "its tag")
                    .putObject("schema")
                    .put("type", "string");
        }
    }

    private static void refer(ObjectNode content, String schema) {
        content.putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    private static ObjectNode schemas() {
        try (InputStream in =
                Objects.requireNonNull(OpenApi.class.getResourceAsStream(SCHEMAS), SCHEMAS)) {
            return (ObjectNode) JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The schemas cannot be read.", e);
        }
    }
}
