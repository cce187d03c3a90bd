package dev.polymnia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Trunk;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScriptedModelTest extends BranchingModelContract {
    private static final String STORY = "The fox ran through the wood and sang. ".repeat(400);

    private final ScriptedModel model = ScriptedModel.of((request, index) -> Reply.of(STORY));

    @Override
    protected BranchingModel model() {
        return model;
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void a_manual_model_says_a_token_of_each_branch_a_step() {
        ScriptedModel manual = ScriptedModel.manual(Script.inOrder(List.of("one two", "three")));
        try (Trunk trunk = manual.open(LONG);
                Branch first =
                        trunk.fork(request(LONG, GenerationOptions.DEFAULT), BranchListener.NONE);
                Branch second =
                        trunk.fork(request(LONG, GenerationOptions.DEFAULT), BranchListener.NONE)) {
            int steps = 0;
            while (manual.step() > 0) {
                steps++;
            }

            assertThat(steps).isEqualTo(4);
            assertThat(textOf(first)).isEqualTo("one two");
            assertThat(textOf(second)).isEqualTo("three");
        }
        manual.close();
    }

    @Test
    void of_several_branches_none_starts_if_one_cannot() {
        ScriptedModel manual = ScriptedModel.manual(Script.inOrder(List.of("one two")));
        Trunk.Fork fits =
                new Trunk.Fork(request(LONG, GenerationOptions.DEFAULT), BranchListener.NONE);
        Trunk.Fork tooLong =
                new Trunk.Fork(
                        new BranchRequest(LONG.withHint(STORY + STORY), GenerationOptions.DEFAULT),
                        BranchListener.NONE);
        try (Trunk trunk = manual.open(LONG)) {
            assertThatThrownBy(() -> trunk.forkAll(List.of(fits, tooLong)))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CONTEXT_FULL));

            assertThat(manual.live()).isZero();
            assertThat(manual.started()).isZero();
        }
        manual.close();
    }

    @Test
    void a_branch_calls_tools_at_the_end_of_its_turn() {
        Recorder told = new Recorder();
        try (ScriptedModel calling =
                ScriptedModel.of(
                        (request, index) -> Reply.of("So.").calling("a", "{}").calling("b", "{"))) {
            BranchResult result = calling.generate(request(LONG, GenerationOptions.DEFAULT), told);

            Content.ToolCall first = new Content.ToolCall("call_0", "a", "{}");
            Content.ToolCall second = new Content.ToolCall("call_1", "b", "{");
            assertThat(result.reason()).isEqualTo(StopReason.TOOL_CALL);
            assertThat(result.message().parts())
                    .containsExactly(new Content.Text("So."), first, second);
            assertThat(result.usage().generated()).isEqualTo(2);
            assertThat(told.events())
                    .containsSubsequence(
                            new BranchEvent.Called(first),
                            new BranchEvent.Called(second),
                            new BranchEvent.Ended(result));
        }
    }

    @Test
    void a_model_that_is_surer_of_its_words_is_more_confident() {
        TokenDetail sure = ScriptedToken.detail("yes", Math.log(0.9), new Detail(true, 4, 4));
        TokenDetail unsure = ScriptedToken.detail("yes", Math.log(0.3), new Detail(true, 4, 4));

        assertThat(sure.confidence()).isGreaterThan(unsure.confidence());
        assertThat(sure.alternatives().getFirst())
                .isEqualTo(new TokenDetail.Alternative(sure.id(), "yes", Math.log(0.9)));
    }

    private static String textOf(Branch branch) {
        BranchResult result = branch.await();
        return result.message().text();
    }
}
