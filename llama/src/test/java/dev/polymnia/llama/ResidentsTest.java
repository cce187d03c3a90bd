package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Priority;
import dev.polymnia.core.model.StopReason;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResidentsTest {
    private final FakeContext context = new FakeContext(320, 6);
    private final Memory memory = new Memory(context, 300, 5, 100);
    private final Residents residents = new Residents(memory);

    /// Wants a number of tokens and draws none.
    private record Wanting(int left) implements Purpose {
        @Override
        public boolean draws() {
            return true;
        }

        @Override
        public @Nullable StopReason stopBeforeStep() {
            return null;
        }

        @Override
        public void spent(int cached, int computed) {}

        @Override
        public void started() {}

        @Override
        public @Nullable StopReason draw(MemorySegment logits, TokenList tokens) {
            return null;
        }

        @Override
        public void end(StopReason reason) {}

        @Override
        public void fail(Fault fault) {}
    }

    private Run enter(int token, int length, int left, Priority priority) {
        int[] tokens = new int[length];
        Arrays.fill(tokens, token);
        Run run = new Run(new TokenList(tokens), new Wanting(left), new Run.Group(), priority);
        residents.enqueue(run);
        residents.admit();
        return run;
    }

    private void read(Run run, int count) {
        Rows rows = new Rows(count);
        int from = run.strand().length();
        for (int i = from; i < from + count; i++) {
            rows.add(run.tokens().get(i), i, run.strand().sequence(), false);
        }
        assertThat(context.decode(rows)).isZero();
        run.read(memory, count);
    }

    @Test
    void what_another_one_is_reading_is_waited_for() {
        Run reader = enter(1, 30, 10, Priority.INTERACTIVE);
        Run waiting = enter(1, 30, 10, Priority.INTERACTIVE);

        assertThat(reader.source()).isNull();
        assertThat(reader.unread()).isEqualTo(30);
        assertThat(waiting.source()).isSameAs(reader);
        assertThat(waiting.unread()).isEqualTo(1);
        read(reader, 30);
        residents.connect();
        assertThat(waiting.source()).isNull();
        assertThat(waiting.unread()).isEqualTo(1);
    }

    /// The reader leaves for one that grows, and comes back before the waiting one has noticed.
    @Test
    void two_never_wait_for_each_other() {
        Run growing = enter(2, 20, 200, Priority.INTERACTIVE);
        read(growing, 20);
        Run reader = enter(1, 30, 10, Priority.BACKGROUND);
        Run waiting = enter(1, 30, 10, Priority.INTERACTIVE);
        assertThat(waiting.source()).isSameAs(reader);
        for (int i = 0; i < 128; i++) {
            growing.tokens().add(3);
        }
        read(growing, 128);

        assertThat(residents.grow(growing)).isTrue();
        assertThat(reader.resident()).isFalse();
        residents.stop(growing, Strand.Use.IDLE);
        residents.admit();

        assertThat(reader.resident()).isTrue();
        assertThat(reader.source() == null || waiting.source() == null).isTrue();
    }
}
