package dev.polymnia.core.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class OwnTextsTest {
    @Test
    void a_text_is_read_without_white_space_around_it() {
        byte[] bytes = "\n Grüße\n\n".getBytes(StandardCharsets.UTF_8);

        assertThat(OwnTexts.read(new ByteArrayInputStream(bytes), "a.txt")).isEqualTo("Grüße");
    }

    @Test
    void a_text_that_is_missing_or_broken_says_what_to_do() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        assertDamaged(() -> OwnTexts.read(null, "a.txt"), "it is missing");
        assertDamaged(() -> OwnTexts.read(closed, "a.txt"), "Stream closed");
    }

    private static void assertDamaged(ThrowingCallable reading, String why) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT))
                .hasMessage(
                        "The file a.txt of Polymnia cannot be read: %s. Install Polymnia again.",
                        why);
    }
}
