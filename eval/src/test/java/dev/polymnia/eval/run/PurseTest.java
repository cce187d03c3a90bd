package dev.polymnia.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PurseTest {
    @Test
    void gives_what_one_sample_may_need_until_too_little_is_left() throws InterruptedException {
        Purse purse = new Purse(25, 10);

        assertThat(purse.take()).isTrue();
        purse.settle(10);
        assertThat(purse.take()).isTrue();
        purse.settle(10);
        assertThat(purse.take()).isFalse();
        assertThat(purse.left()).isEqualTo(5);
    }

    @Test
    void what_is_not_spent_comes_back() throws InterruptedException {
        Purse purse = new Purse(10, 10);

        assertThat(purse.take()).isTrue();
        purse.settle(0);
        assertThat(purse.take()).isTrue();
    }

    @Test
    void whoever_finds_too_little_waits_for_those_who_hold_some() throws InterruptedException {
        Purse purse = new Purse(15, 10);
        assertThat(purse.take()).isTrue();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        Thread waiting =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                second.complete(purse.take());
                            } catch (InterruptedException e) {
                                second.completeExceptionally(e);
                            }
                        });
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(second).isNotDone();

        purse.settle(4);

        assertThat(second.join()).isTrue();
        assertThat(purse.left()).isEqualTo(1);
    }
}
