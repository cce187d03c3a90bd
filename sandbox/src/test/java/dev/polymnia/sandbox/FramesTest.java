package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class FramesTest {
    private static final byte[] BEGIN = frame('B', "");
    private static final byte[] EXIT = frame('X', "\0\0\0\7");

    @Test
    void streams_and_the_exit_code_are_told_apart() {
        Frames frames = read(100, BEGIN, frame('O', "o"), frame('E', "e"), frame('O', "ü"), EXIT);

        assertThat(frames.content())
                .isEqualTo(new Frames.Content("oü", "e", false, OptionalInt.of(7)));
        assertThat(frames.begin()).isPresent();
    }

    @Test
    void what_is_too_much_is_cut() {
        assertThat(read(3, BEGIN, frame('O', "ab"), frame('O', "cd"), EXIT).content())
                .isEqualTo(new Frames.Content("abc", "", true, OptionalInt.empty()));
        assertThat(read(3, BEGIN, frame('E', "abcd"), EXIT).content())
                .isEqualTo(new Frames.Content("", "abc", true, OptionalInt.empty()));
        assertThat(read(3, BEGIN, frame('O', "abc"), frame('E', "abc"), EXIT).content())
                .isEqualTo(new Frames.Content("abc", "abc", false, OptionalInt.of(7)));
    }

    @Test
    void it_may_break_off_anywhere() {
        byte[] all = joined(BEGIN, frame('O', "out"), EXIT);
        for (int length = 0; length < all.length; length++) {
            Frames frames = read(100, Arrays.copyOf(all, length));

            assertThat(frames.content().exitCode()).isEmpty();
            assertThat(frames.begin().isPresent()).isEqualTo(length >= BEGIN.length);
        }
    }

    @Test
    void what_is_no_frame_is_a_fault() {
        assertFault(frame('Z', ""));
        assertFault(new byte[] {'O', 127, 0, 0, 0});
        assertFault(new byte[] {'O', -1, 0, 0, 0});
        assertFault(frame('X', ""));
    }

    private static void assertFault(byte[] bytes) {
        assertThatThrownBy(() -> read(100, bytes).content())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE));
    }

    private static Frames read(int most, byte[]... parts) {
        return Frames.of(new ByteArrayInputStream(joined(parts)), most);
    }

    private static byte[] frame(char kind, String text) {
        byte[] content = text.getBytes(UTF_8);
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) kind)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }
}
