package dev.polymnia.server;

import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.RunResult;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.platform.OwnTexts;
import dev.polymnia.core.run.Budget;
import dev.polymnia.server.people.Label;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.ConversationStore;
import dev.polymnia.server.store.KeyStore;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.TitleStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Has a model write the titles of conversations: a short run in Instant once the first answer is
/// whole, which its person pays for like any other. It takes a place that nobody wants, writes into
/// nothing but the title, and is kept nowhere; if there is no place or no quota for it, or the
/// server ends in its midst, the next answer in the conversation is its next chance, and until then
/// the conversation is called after its first words. Thread-safe.
final class Titles implements AutoCloseable {
    /// The most characters of a title that nobody gave.
    static final int LONGEST = 60;

    private static final String TEMPLATE = "title.txt";
    private static final int MOST_TOKENS = 32;
    private static final int MOST_WORDS_READ = 120;
    private static final int MOST_CHARACTERS_READ = 1000;

    /// With more of them it is no title but an answer.
    private static final int MOST_WORDS = 12;

    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    /// What models put around a title, or before it.
    private static final Pattern MARKS =
            Pattern.compile("^[\\s\"'“”„‟«»‹›‘’‚`*_#>-]+|[\\s\"'“”„‟«»‹›‘’‚`*_.。．,،;:]+$");

    private static final Pattern LABEL = Pattern.compile("^(?i)(?:title|titel|titre|título)\\s*:");

    private final Models models;
    private final TitleStore titles;
    private final ConversationStore conversations;
    private final KeyStore keys;

    /// What may be written, by the run that answers.
    private final Map<String, Work> expected = new ConcurrentHashMap<>();

    /// Those that a title is written for; two answers may end at once.
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();

    private final ExecutorService writers =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("title-writer-", 0).factory());
    private volatile boolean stopped;

    /// A title that may be written.
    ///
    /// @param spender pays
    /// @param answer the run that answers
    /// @param over comes to zero when nothing is at work on it
    private record Work(
            Spender spender, String answer, Cancellation cancellation, CountDownLatch over) {}

    /// @param models of which one writes, if it is to
    /// @param store stays the caller's, who closes it after this
    Titles(Models models, Store store) {
        this.models = models;
        titles = store.titles();
        conversations = store.conversations();
        keys = store.keys();
    }

    /// Remembers that a run has answered in a conversation: from here on [#endAll] sees it, though
    /// nothing begins before [#begin].
    void expect(Spender spender, String answer) {
        if (models.titles().isPresent() && !stopped) {
            expected.put(
                    answer, new Work(spender, answer, new Cancellation(), new CountDownLatch(1)));
        }
    }

    /// A run is over; if it has answered, has a title written where there is none, and returns at
    /// once.
    void begin(String answer) {
        Work work = expected.get(answer);
        if (work != null) {
            writers.execute(() -> write(work));
        }
    }

    private void write(Work work) {
        try {
            Optional<Models.Answering> model = models.titles();
            if (model.isPresent()
                    && !work.cancellation().isRequested()
                    && isAllowed(work.spender(), model.get())) {
                titles.untitled(work.answer()).ifPresent(it -> write(work, it, model.get()));
            }
        } catch (Fault fault) {
            // Nobody waits for it: the next answer is the next chance.
            System.getLogger("polymnia")
                    .log(System.Logger.Level.DEBUG, "no title: " + fault.getMessage(), fault);
        } finally {
            expected.remove(work.answer());
            work.over().countDown();
        }
    }

    private void write(Work work, String conversation, Models.Answering model) {
        if (!atWork.add(conversation)) {
            return;
        }
        try {
            Optional<RunRequest> request =
                    // Another may have written one a moment ago.
                    titles.untitled(work.answer()).flatMap(it -> request(work, it));
            if (request.isPresent()) {
                ask(work, request.get(), conversation, model.of(work.spender()));
            }
        } finally {
            atWork.remove(conversation);
        }
    }

    private void ask(Work work, RunRequest request, String conversation, Models.Answering writing) {
        try (BackgroundRun run =
                writing.starter()
                        .startLast(
                                work.spender(), Leg.first(request), writing.waiting(), _ -> {})) {
            if (run.await() instanceof RunResult.Answered(var outcome)) {
                titles.settle(conversation, cleaned(outcome.text(), outcome.partial()));
            }
        }
    }

    /// Returns whether the key that asked is for such a run.
    private boolean isAllowed(Spender spender, Models.Answering model) {
        if (spender.key().isEmpty()) {
            return true;
        }
        String name = model.info().name();
        return keys.of(spender.person()).stream()
                .filter(key -> key.id().equals(spender.key()))
                .anyMatch(key ->
                        key.scope().allowsModel(name) && key.scope().allowsMode(Mode.INSTANT));
    }

    private Optional<RunRequest> request(Work work, String conversation) {
        List<StoredMessage> messages = conversations.messages(conversation);
        return messages.stream()
                .filter(message -> work.answer().equals(message.run()))
                .findFirst()
                .map(answer ->
                        new RunRequest(
                                "title-" + UUID.randomUUID(),
                                List.of(Message.user(prompt(messages, answer))),
                                Mode.INSTANT,
                                Budget.UNLIMITED.withTokens(MOST_TOKENS),
                                0,
                                1,
                                work.cancellation()));
    }

    private static String prompt(List<StoredMessage> messages, StoredMessage answer) {
        String question =
                Turns.path(messages, answer.id()).stream()
                        .filter(message -> message.author() == Author.USER)
                        .findFirst()
                        .map(StoredMessage::text)
                        .orElse("");
        return OwnTexts.read(Titles.class.getResourceAsStream(TEMPLATE), TEMPLATE)
                .formatted(beginning(question), beginning(answer.text()));
    }

    /// Returns the first words of a text; not all languages have spaces.
    static String beginning(String text) {
        String words =
                Arrays.stream(text.strip().split("\\s+", MOST_WORDS_READ + 1))
                        .limit(MOST_WORDS_READ)
                        .collect(Collectors.joining(" "));
        return Label.cut(words, MOST_CHARACTERS_READ);
    }

    /// Returns the title that a model wrote; empty if it is none.
    ///
    /// @param cut whether its budget was used up
    static String cleaned(String text, boolean cut) {
        List<String> lines = text.lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
        return lines.stream()
                // The last one is not whole.
                .limit(cut ? Math.max(0, lines.size() - 1) : lines.size())
                .filter(line -> !line.endsWith(":"))
                .findFirst()
                .map(Titles::bare)
                .orElse("");
    }

    private static String bare(String line) {
        String title = unmarked(LABEL.matcher(unmarked(line)).replaceFirst(""));
        String label = Label.cut(title.replaceAll("\\s+", " "), LONGEST);
        boolean speaks = label.codePoints().anyMatch(Character::isLetterOrDigit);
        return speaks && label.split(" ", -1).length <= MOST_WORDS ? label : "";
    }

    private static String unmarked(String text) {
        return MARKS.matcher(text).replaceAll("");
    }

    /// Ends what is at work for a person, and waits for that.
    ///
    /// @throws Fault `UNAVAILABLE` if it does not end in time
    void endAll(String person) {
        List<Work> all =
                expected.values().stream()
                        .filter(work -> work.spender().person().equals(person))
                        .toList();
        all.forEach(work -> work.cancellation().request());
        all.forEach(work -> await(work.over()));
    }

    private static void await(CountDownLatch over) {
        try {
            if (!over.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new Fault(
                        Fault.Code.UNAVAILABLE,
                        "A title that is written for this person has not ended yet; ask again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The wait for a title was interrupted.", e);
        }
    }

    /// From now on nothing begins, and what is at work is cancelled.
    void stop() {
        stopped = true;
        expected.values().forEach(work -> work.cancellation().request());
    }

    /// Waits for what is at work.
    @Override
    public void close() {
        writers.close();
    }
}
