package dev.polymnia.web;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Clock;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.server.EventJson;
import dev.polymnia.server.PolymniaServer;
import dev.polymnia.server.Served;
import dev.polymnia.server.ServerOptions;
import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedEmbedder;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A real server with the real page, whose model says what the scenarios expect, slowly enough to
/// be watched: `PageServer FOLDER PORT MILLIS [KEY [ISSUER]]`. A question is known by a word in it;
/// agents that are asked the same say different things, in turns. Says where it answers, and goes
/// on until it is killed or nobody holds its input any more. With `-Dpage.bare=true` it begins
/// without a model, and with an endpoint that does not answer at first.
final class PageServer implements Script {
    private static final Map<String, List<Reply>> REPLIES =
            Map.of(
                    "muffins",
                    List.of(
                            sum(1, 31, 0.92),
                            Reply.of(
                                            "First I count the boxes: 4 + 3 = 7 boxes. Each has"
                                                + " about ten muffins, so that could be seventy. I"
                                                + " take away a third and some more, which leaves"
                                                + " fewer than I thought, and guess.\n"
                                                + "Answer: 21")
                                    .withLogProbability(Math.log(0.55)),
                            sum(3, 31, 0.88),
                            sum(5, 31, 0.9)),
                    "Sixteen",
                    List.of(
                            Reply.of(
                                    IntStream.range(0, 180)
                                            .mapToObj(number -> number + ", ")
                                            .collect(Collectors.joining("", "", "\nAnswer: 7")))),
                    "markdown",
                    List.of(Reply.of(resource("markdown.md"))),
                    "hostile",
                    List.of(Reply.of(resource("hostile.md"))),
                    "diagrams",
                    List.of(Reply.of(resource("diagrams.md"))),
                    "ticking",
                    List.of(
                            Reply.of(
                                    IntStream.range(0, 200)
                                            .mapToObj(number -> "t" + number)
                                            .collect(Collectors.joining(" ")))),
                    "slowly",
                    List.of(Reply.of("One word after the other. ".repeat(40))),
                    "breaks",
                    List.of(Reply.of("It begins well and then").failingAfter(4)),
                    "think",
                    List.of(
                            Reply.of(
                                    "The question is about birds. Herons wade, and have long"
                                            + " legs.\n"
                                            + "Answer: A heron is a wading bird.")));

    private static final int MOST_MOMENTS = 300;

    /// The most that a word of Markdown takes, however slowly others come: nobody watches it there.
    private static final long MARKDOWN_NANOS = 25_000_000;

    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    /// When the steps began that followed the first one since somebody asked for what is ticking,
    /// in milliseconds since 1970.
    private final List<Long> moments = new CopyOnWriteArrayList<>();

    /// Whether Markdown was asked for last.
    private volatile boolean markdown;

    private PageServer() {}

    /// Returns a chain that looks at it in a number of ways.
    private static Reply sum(int ways, int answer, double probability) {
        List<String> all =
                List.of(
                        "4 boxes of 6 are 24, and 3 boxes of 10 are 30: 54 in all.",
                        "A third of 54 is 18, so two thirds, which are 36, stay with her.",
                        "She eats 5 of those, and 36 less 5 leaves 31.",
                        "To be sure I go back: 31 and 5 make 36, and half of that again is 18.",
                        "18 and 36 are 54, as many as she bought, so nothing was lost on the way.");
        return Reply.of(String.join("\n", all.subList(0, ways)) + "\nAnswer: " + answer)
                .withLogProbability(Math.log(probability));
    }

    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(PageServer.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reply reply(BranchRequest request, int index) {
        String question = question(request.prompt());
        markdown = question.contains("markdown");
        if (question.contains("ticking")) {
            moments.clear();
        }
        if (question.contains("moments")) {
            return Reply.of(String.join(",", moments.stream().map(String::valueOf).toList()));
        }
        return REPLIES.entrySet().stream()
                .filter(each -> question.contains(each.getKey()))
                .findFirst()
                .map(each -> next(each.getKey(), each.getValue()))
                .orElseGet(() -> Reply.of("You said: " + question.lines().findFirst().orElse("")));
    }

    /// Lets the time of a word pass.
    private void rest(long nanos) {
        LockSupport.parkNanos(markdown ? Math.min(nanos, MARKDOWN_NANOS) : nanos);
        if (moments.size() < MOST_MOMENTS) {
            moments.add(System.currentTimeMillis());
        }
    }

    private Reply next(String word, List<Reply> replies) {
        int turn = asked.computeIfAbsent(word, _ -> new AtomicInteger()).getAndIncrement();
        return replies.get(turn % replies.size());
    }

    private static String question(Prompt prompt) {
        return prompt.messages().stream()
                .filter(message -> message.role() == Role.USER)
                .reduce((_, later) -> later)
                .map(Message::text)
                .orElse("");
    }

    /// Returns the usual model, which sees pictures, too.
    private static ModelInfo seeing() {
        ModelInfo usual = ScriptedModel.defaultInfo();
        Set<Capability> all = EnumSet.copyOf(usual.capabilities());
        all.add(Capability.IMAGES);
        return new ModelInfo(
                usual.name(), usual.digest(), usual.contextTokens(), all, usual.profile());
    }

    private static ServerOptions options(String[] arguments) {
        Set<String> keys = arguments.length > 3 ? Set.of(arguments[3]) : Set.of();
        ServerOptions options =
                new ServerOptions(ServerOptions.USUAL_HOST, Integer.parseInt(arguments[1]), keys);
        return arguments.length > 4
                ? options.withOpenId(
                        new OpenIdOptions(
                                arguments[4], "polymnia", "", OpenIdOptions.USUAL_NAME, null))
                : options;
    }

    public static void main(String[] arguments) throws Exception {
        long pause = Long.parseLong(arguments[2]) * 1_000_000;
        boolean isBare = Boolean.getBoolean("page.bare");
        PageServer script = new PageServer();
        try (Store store = Store.inFolder(Path.of(arguments[0]), EventJson::line);
                ScriptedModel model =
                        ScriptedModel.of(script, seeing()).afterStep(() -> script.rest(pause));
                PageLibrary library = new PageLibrary(script, model.info(), pause);
                PageEndpoints endpoints = new PageEndpoints(script, model.info(), pause, isBare);
                PolymniaServer server =
                        new PolymniaServer(
                                isBare
                                        ? List.of()
                                        : List.of(
                                                new Served(
                                                        new Assistant(model, Clock.SYSTEM),
                                                        model.info())),
                                library,
                                endpoints,
                                new ScriptedEmbedder(),
                                store,
                                options(arguments),
                                _ -> {})) {
            PrintStream out = System.out;
            out.println(server.url());
            out.flush();
            while (System.in.read() >= 0) {
                // Whoever started it is there.
            }
        }
    }
}
