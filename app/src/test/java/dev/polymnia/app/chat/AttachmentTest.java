package dev.polymnia.app.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttachmentTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    @TempDir private Path folder;

    @Test
    void a_text_is_quoted_in_a_fence_that_holds() throws IOException {
        Path file = Files.writeString(folder.resolve("a.md"), "```\ncode\u001b[2J\n```\n");

        assertThat(Attachment.read(file.toString(), false).content())
                .isEqualTo(new Content.Text("File a.md:\n````\n```\ncode[2J\n```\n````\n\n"));
    }

    @Test
    void a_picture_goes_to_models_that_see() throws IOException {
        Path file = Files.write(folder.resolve("a.txt"), PNG);

        assertThat(Attachment.read(file.toString(), true).content())
                .isInstanceOfSatisfying(
                        Content.Image.class,
                        image -> assertThat(image.media().type()).isEqualTo("image/png"));
        assertFault(file.toString(), Fault.Code.UNSUPPORTED, "which this model cannot see");
    }

    @Test
    void what_cannot_be_attached_is_told() throws IOException {
        Path zeros = Files.write(folder.resolve("zeros"), new byte[10]);
        Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xE9, 'b'});
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);

        assertFault(zeros.toString(), Fault.Code.UNSUPPORTED, "neither text");
        assertFault(latin.toString(), Fault.Code.UNSUPPORTED, "neither text");
        assertFault(large.toString(), Fault.Code.INVALID, "1048577 bytes");
        assertFault(folder.resolve("none").toString(), Fault.Code.NOT_FOUND, "no file");
        assertFault(folder.toString(), Fault.Code.NOT_FOUND, "no file");
        assertFault("a\0b", Fault.Code.INVALID, "not a path");
    }

    private static void assertFault(String path, Fault.Code code, String words) {
        assertThatThrownBy(() -> Attachment.read(path, false))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }
}
