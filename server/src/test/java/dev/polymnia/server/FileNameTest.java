package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Names that come from clients.
final class FileNameTest {
    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("notes.md", "notes.md"),
                Arguments.of("Grüße aus Köln.txt", "Grüße aus Köln.txt"),
                Arguments.of("写真 1.png", "写真 1.png"),
                Arguments.of(".bashrc", ".bashrc"),
                Arguments.of("", "file"),
                Arguments.of(".", "file"),
                Arguments.of("..", "file"),
                Arguments.of("../../etc/passwd", "passwd"),
                Arguments.of("/etc/shadow", "shadow"),
                Arguments.of("C:\\Windows\\system32\\x.dll", "x.dll"),
                Arguments.of("..\\..\\evil.exe", "evil.exe"),
                Arguments.of("folder/", "file"),
                Arguments.of("C:x.txt", "C_x.txt"),
                Arguments.of("a:stream", "a_stream"),
                Arguments.of("a<b>|\"c\"?*.txt", "a_b___c___.txt"),
                Arguments.of("a\0.png\0.exe", "a.png.exe"),
                Arguments.of("a\r\nSet-Cookie: x", "aSet-Cookie_ x"),
                Arguments.of("photo\u202Egnp.exe", "photognp.exe"),
                Arguments.of("\u2066a\u2069\u200B\uFEFFb\u00AD", "ab"),
                Arguments.of("half \uD83D of it", "half  of it"),
                Arguments.of("e\u0301.txt", "\u00e9.txt"),
                Arguments.of("CON", "_CON"),
                Arguments.of("nul.txt", "_nul.txt"),
                Arguments.of("Lpt1 .tar.gz", "_Lpt1 .tar.gz"),
                Arguments.of("com¹.x", "_com¹.x"),
                Arguments.of("CON\u200B", "_CON"),
                Arguments.of("console.log", "console.log"),
                Arguments.of("trailing. . .", "trailing"),
                Arguments.of("\u00a0 x \u2003", "x"),
                Arguments.of("x".repeat(300) + ".pdf", "x".repeat(251) + ".pdf"),
                Arguments.of("ü".repeat(300) + ".pdf", "ü".repeat(125) + ".pdf"),
                Arguments.of("x" + "😀".repeat(300), "x" + "😀".repeat(63)),
                Arguments.of("x." + "y".repeat(300), "x." + "y".repeat(253)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_does_no_harm(String sent, String name) {
        assertThat(FileName.of(sent)).isEqualTo(name);
        assertThat(name.getBytes(UTF_8).length).isLessThanOrEqualTo(255);
        // It is its own.
        assertThat(FileName.of(name)).isEqualTo(name);
    }

    @Test
    void names_in_a_folder_are_told_apart_on_every_system() {
        assertThat(FileName.apart(List.of("a.txt", "A.TXT", "a.txt", "a (2).txt", "ﬁ", "fi", "b")))
                .containsExactly(
                        "a.txt", "A (2).TXT", "a (3).txt", "a (2) (2).txt", "ﬁ", "fi (2)", "b");
        String longest = "x".repeat(251) + ".pdf";
        assertThat(FileName.apart(Collections.nCopies(12, longest)))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.length() <= 255 && name.endsWith(".pdf"));
    }

    @Test
    void a_header_has_a_name_that_every_browser_reads() {
        assertThat(FileName.disposition("100% Grüße; a=b.txt"))
                .isEqualTo(
                        "attachment; filename=\"100_ Gr__e; a=b.txt\";"
                                + " filename*=UTF-8''100%25%20Gr%C3%BC%C3%9Fe%3B%20a%3Db.txt");
    }
}
