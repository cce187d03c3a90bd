package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrunkTest {
    @Test
    void nothing_to_start_is_a_mistake() {
        assertThatThrownBy(() -> new Refusing().forkAll(List.of()))
                .hasMessageContaining("No branches were asked for")
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
    }

    @Test
    void if_one_cannot_start_none_runs() {
        Refusing trunk = new Refusing();
        Trunk.Fork fork =
                new Trunk.Fork(
                        new BranchRequest(
                                Prompt.of(Message.user("Go.")), GenerationOptions.DEFAULT),
                        BranchListener.NONE);

        assertThatThrownBy(() -> trunk.forkAll(List.of(fork, fork, fork)))
                .hasMessageContaining("no room");
        assertThat(trunk.running).isZero();
    }

    /// Has room for two.
    private static final class Refusing implements Trunk {
        private int running;

        @Override
        public int tokens() {
            return 0;
        }

        @Override
        public Branch fork(BranchRequest request, BranchListener listener) {
            if (running == 2) {
                throw new Fault(Fault.Code.OVERLOADED, "There is no room.");
            }
            running++;
            return new Running();
        }

        @Override
        public void close() {}

        private final class Running implements Branch {
            @Override
            public BranchResult await() {
                throw new IllegalStateException("never ends");
            }

            @Override
            public void resume(BranchRequest request, BranchListener listener) {}

            @Override
            public void cancel() {}

            @Override
            public void close() {
                running--;
            }
        }
    }
}
