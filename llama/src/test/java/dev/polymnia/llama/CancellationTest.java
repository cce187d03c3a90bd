package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A branch can be stopped in every phase and in every way; each time it ends once, as cancelled,
/// and leaves nothing behind.
final class CancellationTest {
    private static final Prompt LONG =
            Prompt.of(Message.user("one two three four five six seven eight nine ten eleven"));
    private static final Prompt SUFFIX =
            LONG.withHint("and then twelve thirteen fourteen fifteen sixteen seventeen");
    private static final int READ_ROWS = 3;

    private final StepGate gate = new StepGate();
    private final FakeContext context = new FakeContext(512, 3).gate(gate);
    private final LlamaModel model = FakeModel.over(context, READ_ROWS, READ_ROWS);
    private final Cancellation cancellation = new Cancellation();
    private final List<BranchEvent> events = Collections.synchronizedList(new ArrayList<>());

    /// The ways to stop a branch.
    enum Way {
        CANCELLATION,
        CANCEL,
        CLOSE,
        TRUNK_CLOSE
    }

    @AfterEach
    void close() {
        gate.open();
        model.close();
        assertThat(context.closed()).isTrue();
        assertThat(model.statistics().sequencesInUse()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void while_the_trunk_is_read(Way way) {
        try (Trunk trunk = model.open(LONG);
                Branch branch = fork(trunk, SUFFIX)) {
            gate.await();

            BranchResult result = stop(way, trunk, branch);

            assertThat(result.usage().prompt()).isZero();
            assertThat(events).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_the_suffix_is_read(Way way) {
        try (Trunk trunk = model.open(LONG);
                Branch branch = fork(trunk, SUFFIX)) {
            gate.await();
            for (int read = 0; read < trunk.tokens(); read += READ_ROWS) {
                gate.step();
            }

            BranchResult result = stop(way, trunk, branch);

            assertThat(result.usage().cached()).isPositive();
            assertThat(result.usage().generated()).isZero();
            assertThat(events).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_it_waits_for_room(Way way) {
        try (Trunk trunk = model.open(LONG);
                Branch first = trunk.fork(request(LONG, new Cancellation()), event -> {})) {
            gate.await(); // there are two sequences, which the first two branches have
            try (Branch second = trunk.fork(request(SUFFIX, new Cancellation()), event -> {});
                    Branch branch = fork(trunk, SUFFIX)) {
                assertThat(second).isNotNull();
                gate.step();

                BranchResult result = stop(way, trunk, branch);

                assertThat(result.usage().prompt()).isZero();
                assertThat(events).hasSize(1);
            }
            assertThat(first.await().reason())
                    .isIn(StopReason.LENGTH, StopReason.END, StopReason.CANCELLED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_it_speaks(Way way) {
        try (Trunk trunk = model.open(LONG);
                Branch branch = fork(trunk, LONG)) {
            gate.await();
            while (events.size() < 3) {
                gate.step();
            }

            BranchResult result = stop(way, trunk, branch);

            assertThat(result.usage().generated()).isPositive();
            assertThat(result.message().text()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void before_anything(Way way) {
        gate.open();
        cancellation.request();
        try (Trunk trunk = model.open(LONG);
                Branch branch = fork(trunk, LONG)) {
            BranchResult result = stop(way, trunk, branch);

            assertThat(result.usage().prompt()).isZero();
            assertThat(events).hasSize(1);
        }
    }

    private Branch fork(Trunk trunk, Prompt prompt) {
        return trunk.fork(request(prompt, cancellation), events::add);
    }

    private static BranchRequest request(Prompt prompt, Cancellation cancellation) {
        return new BranchRequest(prompt, GenerationOptions.DEFAULT.withCancellation(cancellation));
    }

    private BranchResult stop(Way way, Trunk trunk, Branch branch) {
        switch (way) {
            case CANCELLATION -> cancellation.request();
            case CANCEL -> branch.cancel();
            case CLOSE -> branch.close();
            case TRUNK_CLOSE -> trunk.close();
        }
        gate.open();
        BranchResult result = branch.await();
        assertThat(result.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(events.getLast()).isEqualTo(new BranchEvent.Ended(result));
        return result;
    }
}
