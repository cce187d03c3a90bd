package dev.polymnia.bench;

import dev.polymnia.server.EventJson;
import dev.polymnia.server.store.ConversationStore;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import dev.polymnia.testkit.Postgres;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Tells how long it takes to list, open and search the conversations of one person who has very
/// many, and how much of the disk they take: in SQLite, or in PostgreSQL. The words are drawn from
/// a vocabulary of 50,000 in which the n-th is as frequent as 1/n (Zipf), as in a language.
///
/// Arguments: `sqlite` or `postgresql`, conversations (100000), messages of each (20), words of a
/// message (60), repeats (1000).
public final class HouseholdFigures {
    private static final int VOCABULARY = 50_000;
    private static final int TOGETHER = 200;
    private static final int PAGE = 20;
    private static final String PERSON = "person-1";
    private static final StoredConversation.Filter ALL =
            new StoredConversation.Filter("", "", false, false);

    private final PrintStream out;
    private final ConversationStore store;
    private final Random random = new Random(7);
    private final double[] frequencies = new double[VOCABULARY];
    private final int conversations;
    private final int messages;
    private final int words;
    private final int repeats;

    private HouseholdFigures(
            PrintStream out,
            ConversationStore store,
            int conversations,
            int messages,
            int words,
            int repeats) {
        this.out = out;
        this.store = store;
        this.conversations = conversations;
        this.messages = messages;
        this.words = words;
        this.repeats = repeats;
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 1);
            frequencies[i] = sum;
        }
    }

    /// Runs the measurement.
    public static void main(String... arguments)
            throws IOException, InterruptedException, SQLException {
        String database = arguments.length > 0 ? arguments[0] : "sqlite";
        Path folder = Files.createTempDirectory("figures");
        if (database.equals("postgresql")) {
            Postgres postgres = new Postgres(true);
            try (Store store = Store.at(postgres.newDatabase(), EventJson::line)) {
                of(store, arguments).run();
            } finally {
                postgres.remove();
            }
            return;
        }
        try (Store store = Store.inFolder(folder, EventJson::line)) {
            of(store, arguments).run();
            System.out.printf(Locale.ROOT, "on disk: %d MB%n", size(folder) / 1_000_000);
        }
    }

    private static HouseholdFigures of(Store store, String... arguments) {
        return new HouseholdFigures(
                System.out,
                store.conversations(),
                number(arguments, 1, 100_000),
                number(arguments, 2, 20),
                number(arguments, 3, 60),
                number(arguments, 4, 1000));
    }

    private static int number(String[] arguments, int place, int usual) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : usual;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(HouseholdFigures::length).sum();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        long begun = System.nanoTime();
        for (int first = 0; first < conversations; first += TOGETHER) {
            fill(first, Math.min(conversations, first + TOGETHER));
        }
        out.printf(
                Locale.ROOT,
                "%d conversations of %d messages of %d words, written in %.0f s%n",
                conversations,
                messages,
                words,
                (System.nanoTime() - begun) / 1e9);
        tell("list, the newest", _ -> store.newest(PERSON, ALL, PAGE, null));
        tell("list, from anywhere", _ -> store.newest(PERSON, ALL, PAGE, anyConversation()));
        tell("open", _ -> open(anyConversation()));
        for (int rank : new int[] {10, 100, 1000, 10_000}) {
            tell(
                    "search, a word of rank about " + rank,
                    n -> store.search(PERSON, word(rank + n % 10) + "x", PAGE));
        }
        tell(
                "search, two words of ranks about 100 and 1000",
                n ->
                        store.search(
                                PERSON,
                                word(100 + n % 10) + "x " + word(1000 + n % 10) + "x",
                                PAGE));
    }

    private List<StoredMessage> open(String id) {
        return store.find(PERSON, id).map(found -> store.messages(found.id())).orElseThrow();
    }

    private String anyConversation() {
        return id(random.nextInt(conversations));
    }

    private static String id(int number) {
        return "conversation-%08d".formatted(number);
    }

    private void fill(int from, int to) {
        List<StoredConversation> some = new ArrayList<>();
        List<StoredMessage> said = new ArrayList<>();
        for (int number = from; number < to; number++) {
            Instant moment = Instant.ofEpochSecond(1_700_000_000L + number);
            some.add(
                    new StoredConversation(
                            id(number),
                            PERSON,
                            "About " + number,
                            "",
                            Set.of(),
                            false,
                            false,
                            moment,
                            moment));
            String parent = null;
            for (int place = 0; place < messages; place++) {
                String id = "message-%08d-%04d".formatted(number, place);
                said.add(
                        new StoredMessage(
                                id,
                                id(number),
                                parent,
                                place % 2 == 0 ? Author.USER : Author.ASSISTANT,
                                text(),
                                null,
                                State.WHOLE,
                                List.of(),
                                moment));
                parent = id;
            }
        }
        store.add(some, said);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            double drawn = random.nextDouble() * frequencies[VOCABULARY - 1];
            int found = Arrays.binarySearch(frequencies, drawn);
            text.append(word(found < 0 ? -found - 1 : found)).append("x ");
        }
        return text.toString();
    }

    /// Returns a word that is the beginning of no other once an `x` ends it.
    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        for (int rest = rank + 1; rest > 0; rest /= 20) {
            word.append("bcdfghjklmnpqrstvwyz".charAt(rest % 20)).append("aeiou".charAt(rest % 5));
        }
        return word.toString();
    }

    private void tell(String what, IntFunction<List<?>> work) {
        long[] nanos = new long[repeats];
        long found = 0;
        for (int i = -repeats / 10; i < repeats; i++) {
            long begun = System.nanoTime();
            int size = work.apply(Math.max(0, i)).size();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begun;
                found += size;
            }
        }
        Arrays.sort(nanos);
        out.printf(
                Locale.ROOT,
                "%-48s p50 %7.2f ms   p95 %7.2f ms   most %7.2f ms   (%.1f found)%n",
                what,
                nanos[repeats / 2] / 1e6,
                nanos[repeats * 95 / 100] / 1e6,
                nanos[repeats - 1] / 1e6,
                (double) found / repeats);
    }
}
