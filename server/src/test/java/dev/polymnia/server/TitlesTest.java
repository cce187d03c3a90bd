package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Scope;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.KeyStore;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import dev.polymnia.server.trace.Traces;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Titles that a model writes, one at a time.
@Timeout(60)
final class TitlesTest {
    private static final String FIRST_WORDS = "What is a heron?";
    private static final Spender BEN = new Spender("ben", "");

    private final Admission admission = new Admission(1, 1, Duration.ofMinutes(10));
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    private Store store;

    TitlesTest(@TempDir Path folder) {
        store = Store.inFolder(folder, EventJson::line);
    }

    @BeforeEach
    void begin() {
        converse("talk", "turn-1", "A heron is a bird that stands in shallow water.");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void converse(String id, String run, String answer) {
        store.conversations()
                .add(
                        new StoredConversation(
                                id,
                                "ben",
                                "",
                                "",
                                Set.of(),
                                false,
                                false,
                                Instant.EPOCH,
                                Instant.EPOCH));
        store.conversations()
                .say(
                        List.of(
                                message(id, id + "-1", null, Author.USER, FIRST_WORDS, null),
                                message(id, id + "-2", id + "-1", Author.ASSISTANT, answer, run)));
        store.conversations().call(id, FIRST_WORDS);
    }

    private static StoredMessage message(
            String talk,
            String id,
            @Nullable String parent,
            Author author,
            String text,
            @Nullable String run) {
        return new StoredMessage(
                id, talk, parent, author, text, run, State.WHOLE, List.of(), Instant.EPOCH);
    }

    private String title() {
        return store.conversations().find("ben", "talk").orElseThrow().title();
    }

    private Models.Answering answering(ScriptedModel model, Allowance allowance) {
        Served served =
                new Served(new Assistant(model, Clock.SYSTEM), model.info(), Set.of(), () -> true);
        return new Models.Answering(
                served,
                new RunStarter(served, admission, allowance, settled::add, Traces.OFF, 100),
                new SuspendedRuns(Clock.SYSTEM, Duration.ofMinutes(1), 9));
    }

    /// Has titles written for some runs, and waits until that is over.
    private void write(Allowance allowance, Script script, Spender spender, String... runs) {
        try (ScriptedModel model =
                        ScriptedModel.of((request, index) -> {
                            asked.add(request.prompt().messages().getLast().text());
                            return script.reply(request, index);
                        });
                Titles titles =
                        new Titles(new Models(List.of(answering(model, allowance))), store)) {
            for (String run : runs) {
                titles.expect(spender, run);
            }
            for (String run : runs) {
                titles.begin(run);
            }
        }
    }

    private void write(String words) {
        write((_, leg, _) -> leg, (_, _) -> Reply.of(words), BEN, "turn-1");
    }

    @Test
    void a_conversation_is_called_as_the_model_says() {
        write("Herons in Shallow Water");

        assertThat(title()).isEqualTo("Herons in Shallow Water");
        assertThat(asked)
                .singleElement()
                .asString()
                .contains(FIRST_WORDS, "stands in shallow water", "three to six words");
        assertThat(settled)
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.mode()).isEqualTo(Mode.INSTANT);
                    assertThat(run.spender()).isEqualTo(BEN);
                });
    }

    @Test
    void it_is_asked_once() {
        write("Herons");
        write("Something else");

        assertThat(title()).isEqualTo("Herons");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?!",
                "...",
                "\"\"",
                "Sure, I can write a title for this conversation, and here it is for you:"
            })
    void what_is_no_title_leaves_the_first_words_for_good(String words) {
        write(words);
        write("Herons");

        assertThat(title()).isEqualTo(FIRST_WORDS);
        assertThat(asked).hasSize(1);
    }

    @Test
    void what_the_budget_cut_off_is_no_title() {
        write("word ".repeat(100));
        assertThat(title()).isEqualTo(FIRST_WORDS);
        assertThat(settled)
                .singleElement()
                .satisfies(run -> assertThat(run.usage().generated()).isEqualTo(32));
    }

    @Test
    void a_used_up_quota_leaves_the_first_words_until_there_is_more() {
        Allowance none =
                (_, _, _) -> {
                    throw new Fault(Fault.Code.OVERLOADED, "nothing is left");
                };
        write(none, (_, _) -> Reply.of("Herons"), BEN, "turn-1");

        assertThat(title()).isEqualTo(FIRST_WORDS);
        assertThat(asked).isEmpty();
        write("Herons");
        assertThat(title()).isEqualTo("Herons");
    }

    @Test
    void a_title_that_was_given_meanwhile_stays() {
        write(
                (_, leg, _) -> leg,
                (_, _) -> {
                    store.conversations().change("ben", "talk", it -> it, true);
                    return Reply.of("Herons");
                },
                BEN,
                "turn-1");

        assertThat(title()).isEqualTo(FIRST_WORDS);
        assertThat(asked).hasSize(1);
    }

    @Test
    void two_answers_at_once_make_one_title() {
        store.conversations()
                .say(
                        List.of(
                                message(
                                        "talk",
                                        "talk-3",
                                        "talk-1",
                                        Author.ASSISTANT,
                                        "A bird.",
                                        "turn-2")));
        write((_, leg, _) -> leg, (_, _) -> Reply.of("Herons"), BEN, "turn-1", "turn-2");

        assertThat(title()).isEqualTo("Herons");
        assertThat(asked).hasSize(1);
    }

    @Test
    void what_is_gone_has_no_title() {
        store.conversations().delete("talk");
        write("Herons");

        assertThat(asked).isEmpty();
    }

    @Test
    void a_key_that_is_not_for_it_pays_for_no_title() {
        store.people()
                .add(new Person("ben", new PersonName("Ben"), Role.OWNER, Instant.EPOCH, true));
        Spender thinks = key(new Scope(Set.of(), Set.of(Mode.THINKING), true, true));
        Spender other = key(new Scope(Set.of("other"), Set.of(), true, true));
        Spender gone = new Spender("ben", "key-gone");
        for (Spender each : List.of(thinks, other, gone)) {
            write((_, leg, _) -> leg, (_, _) -> Reply.of("Herons"), each, "turn-1");
        }
        assertThat(asked).isEmpty();
        Spender all = key(Scope.ALL);
        write((_, leg, _) -> leg, (_, _) -> Reply.of("Herons"), all, "turn-1");

        assertThat(title()).isEqualTo("Herons");
        assertThat(settled)
                .singleElement()
                .satisfies(run -> assertThat(run.spender()).isEqualTo(all));
    }

    private Spender key(Scope scope) {
        Secret secret = Secret.random();
        Key key = Key.create("ben", "test", secret, scope, Instant.EPOCH, null);
        store.keys().add(new KeyStore.Sealed(key, secret.digest()), 9);
        return new Spender("ben", key.id());
    }

    /// The place is another's, and as many titles wait for it as may.
    @Test
    void where_too_many_wait_nothing_is_written() {
        Cancellation cancellation = new Cancellation();
        try (Admission.Place _ = admission.enter(Mode.THINKING, new Cancellation());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Admission.MOST_LAST; i++) {
                threads.execute(() -> waitUntil(cancellation));
            }
            while (admission.waiting(Mode.INSTANT) < Admission.MOST_LAST) {
                Thread.onSpinWait();
            }
            write("Herons");
            cancellation.request();
        }
        assertThat(title()).isEqualTo(FIRST_WORDS);
        assertThat(asked).isEmpty();
    }

    private void waitUntil(Cancellation cancellation) {
        assertThatThrownBy(() -> admission.enterLast(Mode.INSTANT, cancellation))
                .isInstanceOf(Fault.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Herons|Herons",
                "\"Herons and Egrets.\"|Herons and Egrets",
                "**Title: Herons in Winter**|Herons in Winter",
                "# Herons|Herons",
                "Titel: „Reiher im Winter“.|Reiher im Winter",
                "« Les hérons »|Les hérons",
                "「鷺」について。|「鷺」について",
                "Is it 3.5 or U.S.?|Is it 3.5 or U.S.?",
                "C++ and C#|C++ and C#",
                "a\tb   c|a b c"
            })
    void a_title_is_bare(String said, String title) {
        assertThat(Titles.cleaned(said, false)).isEqualTo(title);
        assertThat(Titles.cleaned("\n " + said + "\n\nBecause it says so.", true)).isEqualTo(title);
    }

    @Test
    void what_announces_a_title_is_none() {
        assertThat(Titles.cleaned("Sure! Here is a title:\n\n**Herons**", false))
                .isEqualTo("Herons");
        assertThat(Titles.cleaned("Title:\nHerons\nor Egrets", true)).isEqualTo("Herons");
    }

    @Test
    void a_title_is_no_longer_than_the_first_words() {
        assertThat(Titles.cleaned("x".repeat(100), false)).hasSize(Titles.LONGEST);
        assertThat(Titles.cleaned("a\u0000b\u200bc", false)).isEqualTo("abc");
        assertThat(Titles.cleaned("one ".repeat(13), false)).isEmpty();
    }

    @Test
    void a_model_reads_the_beginning_only() {
        assertThat(Titles.beginning("one\n two ").split(" ", -1)).containsExactly("one", "two");
        assertThat(Titles.beginning("word ".repeat(5000)).split(" ", -1)).hasSize(120);
        assertThat(Titles.beginning("鷺".repeat(5000))).hasSize(1000);
        assertThat(Titles.beginning("")).isEmpty();
    }
}
