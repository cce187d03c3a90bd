package dev.polymnia.llama;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.models.Gguf;
import dev.polymnia.models.LocalModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuantizerTest {
    @TempDir private Path folder;

    @Test
    void a_copy_is_in_the_quick_format_and_answers() {
        Path copy = folder.resolve("copy.gguf");
        LocalModel original = TestModel.file();

        new Quantizer(TestModel.libraries()).write(original.path(), copy);

        Gguf before = Gguf.read(original.path());
        Gguf after = Gguf.read(copy);
        assertThat(before.quantisation()).isEqualTo("Q4_1");
        assertThat(after.quantisation()).isEqualTo("Q4_0");
        assertThat(after.parameters()).isEqualTo(before.parameters());
        assertThat(after.chatTemplate()).isEqualTo(before.chatTemplate());
        assertThat(after.tensors())
                .filteredOn(tensor -> tensor.name().equals("token_embd.weight"))
                .extracting(Gguf.Tensor::type)
                .containsExactly("Q8_0");
        assertThat(
                        after.tensors().stream()
                                .filter(tensor ->
                                        tensor.name().matches("blk.*(attn|ffn)_\\w+.weight"))
                                .filter(tensor -> !tensor.name().contains("norm"))
                                .map(Gguf.Tensor::type)
                                .collect(toSet()))
                .containsExactly("Q4_0");
        assertThat(answer(original, copy)).containsIgnoringCase("Paris");
    }

    @Test
    void a_damaged_source_never_reaches_native_code() throws IOException {
        byte[] whole = Files.readAllBytes(TestModel.file().path());
        Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, 3_000_000));
        Quantizer quantizer = new Quantizer(TestModel.libraries());

        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> quantizer.write(cut, folder.resolve("copy.gguf")));

        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(folder.resolve("copy.gguf")).doesNotExist();
    }

    @Test
    void a_target_that_cannot_be_written_is_told() {
        Path target = folder.resolve("nowhere/copy.gguf");
        Quantizer quantizer = new Quantizer(TestModel.libraries());

        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> quantizer.write(TestModel.file().path(), target));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault.getMessage()).contains(target.toString());
    }

    private static String answer(LocalModel original, Path copy) {
        LocalModel tuned =
                new LocalModel(original.name(), copy, "", original.profile(), original.entry());
        StringBuilder text = new StringBuilder();
        try (LlamaModel model = LlamaModel.load(TestModel.libraries(), tuned, TestModel.OPTIONS)) {
            model.generate(
                    new BranchRequest(
                            Prompt.of(Message.user("What is the capital of France?")),
                            GenerationOptions.DEFAULT.withMaxTokens(12)),
                    event -> {
                        if (event instanceof BranchEvent.Delta delta) {
                            text.append(delta.text());
                        }
                    });
        }
        return text.toString();
    }
}
