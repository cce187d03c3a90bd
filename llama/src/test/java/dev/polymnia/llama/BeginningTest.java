package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When branches begin to speak that came together.
final class BeginningTest {
    private static final int READ_ROWS = 8;

    private final StepGate gate = new StepGate();
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private Branch ask(LlamaModel model, String name, int words) {
        BranchListener listener =
                event -> {
                    if (event instanceof BranchEvent.Started) {
                        order.add(name + " begins");
                    } else if (event instanceof BranchEvent.Ended) {
                        order.add(name + " ends");
                    }
                };
        Prompt prompt = Prompt.of(Message.user((name + " ").repeat(words)));
        Trunk own = model.open(prompt); // closed with the model
        return own.fork(
                new BranchRequest(prompt, GenerationOptions.DEFAULT.withMaxTokens(3)), listener);
    }

    @Test
    void chats_with_the_same_first_words_are_read_and_speak_together() {
        FakeContext context = new FakeContext(4096, 20).gate(gate);
        try (LlamaModel model = FakeModel.over(context, READ_ROWS, 1);
                Trunk _ = model.open(Prompt.of(Message.system("something else")))) {
            gate.await();
            List<Branch> all = new ArrayList<>();
            // They share the role of the first message.
            for (String name : List.of("first", "second", "third", "fourth")) {
                all.add(ask(model, name, 12));
            }
            gate.open();
            all.forEach(Branch::await);

            assertThat(order.subList(0, 4)).allMatch(event -> event.endsWith("begins"));
        }
    }

    @Test
    void a_short_question_does_not_wait_for_a_long_document() {
        FakeContext context = new FakeContext(4096, 20).gate(gate);
        try (LlamaModel model = FakeModel.over(context, READ_ROWS, 1);
                Trunk _ = model.open(Prompt.of(Message.system("something else")))) {
            gate.await();
            Branch document = ask(model, "document", 500);
            Branch question = ask(model, "question", 4);
            gate.open();
            question.await();
            document.await();

            assertThat(order).startsWith("question begins", "question ends");
        }
    }
}
