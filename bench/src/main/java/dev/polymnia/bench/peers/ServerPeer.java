package dev.polymnia.bench.peers;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.models.ChatFormat;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// llama-server, asked over HTTP as its own clients do: `/completion`, streamed, with the prompt
/// written by the model's own template. A beginning and a conversation are nothing to it: it looks
/// for what it has read before by itself. Does not own the process.
final class ServerPeer implements Peer, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String READ = "llamacpp:prompt_tokens_total ";

    private final ServerProcess server;
    private final ChatFormat format;
    private final boolean oneCall;
    // One for each measurement: the server drops connections that were idle for some seconds.
    private HttpClient client = newClient();

    ServerPeer(ServerProcess server, ChatFormat format, boolean oneCall) {
        this.server = server;
        this.format = format;
        this.oneCall = oneCall;
    }

    @Override
    public String name() {
        return "llama-server";
    }

    @Override
    public ProcessHandle process() {
        return server.handle();
    }

    /// Makes new connections. Nothing may run.
    void renew() {
        client.close();
        client = newClient();
    }

    /// @throws Fault `UNAVAILABLE` if it does not tell
    @Override
    public long read() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("metrics")).build();
        try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith(READ))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(READ.length())))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | NoSuchElementException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "llama-server does not tell its metrics: " + e, e);
        }
    }

    @Override
    public Talk start(Ask ask) {
        Talk talk = new Talk();
        send(body(ask), List.of(talk));
        return talk;
    }

    @Override
    public Beginning open(Prompt prompt) {
        return new Beginning() {
            @Override
            public List<Talk> fork(List<Ask> asks) {
                return oneCall && asks.size() > 1
                        ? together(asks)
                        : asks.stream().map(ServerPeer.this::start).toList();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Conversation converse(boolean held) {
        return new Conversation() {
            @Override
            public Talk say(Ask ask) {
                return start(ask);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        client.close();
    }

    /// Sends requests that differ by their seeds only as one.
    private List<Talk> together(List<Ask> asks) {
        List<Talk> talks = new ArrayList<>(Stream.generate(Talk::new).limit(asks.size()).toList());
        send(body(asks.getFirst()).put("n_cmpl", asks.size()), talks);
        return talks;
    }

    private void send(ObjectNode body, List<Talk> talks) {
        ServerStream stream =
                new ServerStream(client, server.address().resolve("completion"), talks);
        Thread.ofVirtual().name("ask").start(() -> stream.run(body.toString()));
    }

    private ObjectNode body(Ask ask) {
        ObjectNode body = JSON.createObjectNode();
        body.put("prompt", format.render(ask.prompt()));
        body.put("n_predict", ask.tokens());
        body.put("ignore_eos", true);
        body.put("stream", true);
        body.put("cache_prompt", true);
        body.put("seed", ask.seed());
        body.put("temperature", OursPeer.SAMPLING.temperature());
        body.put("top_k", OursPeer.SAMPLING.topK());
        body.put("top_p", OursPeer.SAMPLING.topP());
        body.put("min_p", OursPeer.SAMPLING.minP());
        body.put("repeat_penalty", OursPeer.SAMPLING.repetitionPenalty());
        body.putArray("samplers").add("top_k").add("top_p").add("min_p").add("temperature");
        return body;
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
