package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.RunLog;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import dev.polymnia.server.store.StoredRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Messages whose runs ended while nobody could put that into them.
@Timeout(60)
final class TurnsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static StoredMessage answer(String id, String run) {
        return new StoredMessage(
                id,
                "talk",
                null,
                Author.ASSISTANT,
                "",
                run,
                State.WRITING,
                List.of(),
                Instant.EPOCH);
    }

    private static void run(Store store, String id, Event end) {
        RunLog log =
                store.runs()
                        .begin(
                                StoredRun.begun(
                                        id,
                                        Spender.OPERATOR,
                                        Mode.INSTANT,
                                        "instant",
                                        true,
                                        Instant.EPOCH,
                                        "{}"),
                                LONG,
                                _ -> {});
        log.add(new RunEvent(id, RunEvent.WHOLE, 0, Duration.ZERO, end));
        assertThat(store.runs().isLeft(id, LONG)).isTrue();
    }

    @Test
    void an_answer_is_found_in_its_run(@TempDir Path folder) {
        try (Store store = Store.inFolder(folder, EventJson::line)) {
            Ledger ledger = new Ledger(List.of(), List.of(), Duration.ZERO);
            run(
                    store,
                    "turn-1",
                    new Event.RunFinished(new Outcome("A bird.", Optional.empty(), false), ledger));
            run(store, "turn-2", new Event.RunFailed(Fault.Code.UNAVAILABLE, "down", ledger));
            store.conversations()
                    .add(
                            new StoredConversation(
                                    "talk",
                                    "",
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
                                    answer("m1", "turn-1"),
                                    answer("m2", "turn-2"),
                                    answer("m3", "turn-gone")));

            List<StoredMessage> messages =
                    new Turns(store.conversations(), store.runs()).messages("talk");

            assertThat(messages)
                    .extracting(StoredMessage::state)
                    .containsExactly(State.WHOLE, State.FAILED, State.FAILED);
            assertThat(messages.getFirst().text()).isEqualTo("A bird.");
            assertThat(store.conversations().messages("talk")).isEqualTo(messages);
        }
    }
}
