package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ModelPoolTest {
    private static final Prompt PROMPT = Prompt.of(Message.user("?"));

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.close();
    }

    /// A model that tells the log when it is loaded and unloaded, and answers nothing.
    private final class LoggedModel implements BranchingModel {
        private final String name;

        LoggedModel(String name) {
            this.name = name;
            log.add("+" + name);
        }

        @Override
        public ModelInfo info() {
            return new ModelInfo(name, "", 64, Set.of(), DemandsTest.model(Set.of()).profile());
        }

        @Override
        public Trunk open(Prompt prompt) {
            return new Trunk() {
                @Override
                public int tokens() {
                    return 1;
                }

                @Override
                public Branch fork(BranchRequest request, BranchListener listener) {
                    throw new UnsupportedOperationException("it answers nothing");
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {
            log.add("-" + name);
        }
    }

    private BranchingModel add(ModelPool pool, String name) {
        return pool.add(name, 1, () -> new LoggedModel(name));
    }

    private static void use(BranchingModel model) {
        try (Trunk trunk = model.open(PROMPT)) {
            assertThat(trunk.tokens()).isEqualTo(1);
        }
    }

    @Test
    void one_that_is_taken_out_is_unloaded_when_nothing_is_at_work_on_it() {
        try (ModelPool pool = new ModelPool(9)) {
            BranchingModel a = add(pool, "a");
            BranchingModel b = add(pool, "b");
            pool.remove(a);
            assertThat(log).containsExactly("+a", "+b", "-a");

            try (Trunk _ = b.open(PROMPT)) {
                pool.remove(b);
                pool.remove(b);
                assertThat(log).doesNotContain("-b");
            }
            assertThat(log).containsExactly("+a", "+b", "-a", "-b");
            assertThatThrownBy(() -> b.open(PROMPT))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE));
        }
        assertThat(log.stream().filter(line -> line.startsWith("+")))
                .hasSameSizeAs(log.stream().filter(line -> line.startsWith("-")).toList());
    }

    @Test
    void who_waits_for_room_gets_that_of_one_that_is_taken_out() throws Exception {
        try (ModelPool pool = new ModelPool(1)) {
            BranchingModel a = add(pool, "a");
            Future<?> other;
            try (Trunk _ = a.open(PROMPT)) {
                other = threads.submit(() -> add(pool, "b"));
                while (!pool.isWaitedFor()) {
                    Thread.onSpinWait();
                }
                pool.remove(a);
            }
            other.get();
            assertThat(log).containsExactly("+a", "-a", "+b");
        }
    }

    @Test
    void the_one_that_was_left_longest_ago_is_unloaded() {
        try (ModelPool pool = new ModelPool(2)) {
            BranchingModel a = add(pool, "a");
            BranchingModel b = add(pool, "b");
            add(pool, "c");
            assertThat(log).containsExactly("+a", "+b", "-a", "+c");

            use(b);
            use(a);
            use(a);

            assertThat(a.info().name()).isEqualTo("a");
            assertThat(log).containsExactly("+a", "+b", "-a", "+c", "-c", "+a");
        }
        assertThat(log.subList(6, 8)).containsExactlyInAnyOrder("-a", "-b");
    }

    @Test
    void the_smallest_is_the_one_that_takes_the_fewest_bytes() {
        try (ModelPool pool = new ModelPool(10)) {
            pool.add("large", 5, () -> new LoggedModel("large"));
            BranchingModel small = pool.add("small", 2, () -> new LoggedModel("small"));
            pool.add("other", 2, () -> new LoggedModel("other"));

            assertThat(pool.smallest()).containsSame(small);
        }
    }

    @Test
    void one_that_is_at_work_is_not_unloaded() throws Exception {
        try (ModelPool pool = new ModelPool(1)) {
            BranchingModel a = add(pool, "a");
            BranchingModel b = add(pool, "b");
            Trunk outer = a.open(PROMPT);
            Future<?> waiting = threads.submit(() -> use(b));
            while (!pool.isWaitedFor()) {
                Thread.onSpinWait();
            }
            // Whoever is at work must not wait for one that waits for its end.
            use(a);
            assertThat(log.getLast()).isEqualTo("+a");
            outer.close();
            outer.close();
            waiting.get();
        }
        assertThat(log).containsExactly("+a", "-a", "+b", "-b", "+a", "-a", "+b", "-b");
    }

    @Test
    void one_that_is_too_large_is_refused() {
        try (ModelPool pool = new ModelPool(2_000_000)) {
            assertThatThrownBy(() -> pool.add("big", 3_000_000, () -> new LoggedModel("big")))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("big takes up to 3 MB")
                    .hasMessageContaining("2 MB together");
        }
        assertThat(log).isEmpty();
    }

    @Test
    void one_that_cannot_be_loaded_leaves_its_room_to_others() {
        try (ModelPool pool = new ModelPool(1)) {
            assertThatThrownBy(() ->
                            pool.add(
                                    "broken",
                                    1,
                                    () -> {
                                        throw new Fault(Fault.Code.CORRUPT, "It is broken.");
                                    }))
                    .hasMessage("It is broken.");
            use(add(pool, "a"));
        }
        assertThat(log).containsExactly("+a", "-a");
    }

    @Test
    void a_wait_ends_when_the_pool_is_closed_or_the_thread_interrupted() throws Exception {
        ModelPool pool = new ModelPool(1);
        BranchingModel a = add(pool, "a");
        BranchingModel b = add(pool, "b");
        try (Trunk _ = a.open(PROMPT)) {
            Thread stopped = Thread.ofVirtual().start(() -> wait(b, Fault.Code.CANCELLED));
            while (!pool.isWaitedFor()) {
                Thread.onSpinWait();
            }
            stopped.interrupt();
            stopped.join();
            Future<?> waiting = threads.submit(() -> wait(b, Fault.Code.UNAVAILABLE));
            while (!pool.isWaitedFor()) {
                Thread.onSpinWait();
            }
            pool.close();
            waiting.get();
        }
        assertThat(log.subList(5, log.size())).contains("CANCELLED", "UNAVAILABLE", "-a");
    }

    private void wait(BranchingModel model, Fault.Code code) {
        assertThatThrownBy(() -> use(model))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(code);
                            log.add(code.name());
                        });
    }
}
