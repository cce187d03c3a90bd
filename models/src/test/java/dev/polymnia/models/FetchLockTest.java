package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchLockTest {
    @TempDir private Path folder;

    @Test
    void two_threads_fetch_once() throws Exception {
        StoreFixture fixture = new StoreFixture(folder, 1, 5000).pause(Pause.REAL);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        try (TroubleServer server =
                        new TroubleServer(request -> {
                            asked.countDown();
                            await(waiting);
                            return TroubleServer.goodAnswer(fixture.file(), request);
                        });
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.hub(server.address());
            Future<Path> first =
                    executor.submit(() -> fixture.fetch(fixture.fromHub(), Progress.NONE));
            asked.await();
            Told told = new Told(waiting);
            Path second = fixture.fetch(fixture.fromHub(), told);

            assertThat(second).isEqualTo(first.get()).hasBinaryContent(fixture.file());
            assertThat(told.notes)
                    .containsExactly(
                            "Another Polymnia is fetching tiny.gguf; waiting until it is done.");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_wait_can_be_cancelled_and_what_is_being_fetched_is_not_removed() throws IOException {
        StoreFixture fixture = new StoreFixture(folder, 1, 5000).pause(Pause.REAL);
        CatalogueEntry entry = fixture.fromHub();
        CacheFolder.create(fixture.cache().models());
        Cancellation cancellation = new Cancellation();
        try (FetchLock held = FetchLock.tryAcquire(fixture.target()).orElseThrow()) {
            Progress cancelling =
                    new Told(new CountDownLatch(1)) {
                        @Override
                        public void note(String words) {
                            cancellation.request();
                        }
                    };
            Fault waited =
                    catchThrowableOfType(
                            Fault.class,
                            () -> fixture.store(entry).fetch(entry, cancelling, cancellation));
            Fault removed =
                    catchThrowableOfType(Fault.class, () -> fixture.store(entry).remove(entry));

            assertThat(held).isNotNull();
            assertThat(waited.code()).isEqualTo(Fault.Code.CANCELLED);
            assertThat(removed.code()).isEqualTo(Fault.Code.OVERLOADED);
            assertThat(removed.getMessage()).contains("tiny is being fetched");
        }
        assertThat(fixture.store(entry).remove(entry)).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Says when it was told something.
    private static class Told implements Progress {
        private final List<String> notes = new ArrayList<>();
        private final CountDownLatch told;

        private Told(CountDownLatch told) {
            this.told = told;
        }

        @Override
        public void begin(String what, long totalBytes, long hereBytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void note(String words) {
            notes.add(words);
            told.countDown();
        }

        @Override
        public void done() {}
    }
}
