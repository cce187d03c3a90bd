package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What bytes are taken for.
final class FileKindTest {
    /// Each character is a byte.
    private static Arguments bytes(String what, String latin, FileKind kind) {
        return Arguments.of(what, latin.getBytes(ISO_8859_1), kind);
    }

    private static Arguments text(String what, String words, FileKind kind) {
        return Arguments.of(what, words.getBytes(UTF_8), kind);
    }

    static Stream<Arguments> files() {
        return Stream.of(
                bytes("PNG", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", FileKind.PNG),
                bytes("JPEG", "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF", FileKind.JPEG),
                bytes("GIF", "GIF89a\1\0\1\0", FileKind.GIF),
                bytes("WebP", "RIFF\1\2\3\4WEBPVP8 ", FileKind.WEBP),
                bytes("WAV", "RIFF\1\2\3\4WAVEfmt ", FileKind.WAV),
                bytes("another RIFF", "RIFF\1\2\3\4AVI LIST", FileKind.BINARY),
                bytes("MP3 with a tag", "ID3\4\0\0\0\0\0\0", FileKind.MP3),
                bytes("words about ID3", "ID3 is a tag", FileKind.TEXT),
                bytes("FLAC", "fLaC\0\0\0\"\u0010\0", FileKind.FLAC),
                bytes("Opus", "OggS\0" + "\2".repeat(23) + "OpusHead\1", FileKind.OGG),
                bytes(
                        "pictures in Ogg",
                        "OggS\0" + "\2".repeat(23) + "\u0080theora",
                        FileKind.BINARY),
                bytes("PDF", "%PDF-1.7\n%\u00e2\u00e3", FileKind.PDF),
                text("PDF behind words", "A letter.\n%PDF-1.7\n", FileKind.TEXT),
                bytes("PDF behind junk", "\0\1\2%PDF-1.7\n", FileKind.BINARY),
                bytes("docx", "PK\3\4\24\0\6\0\b\0", FileKind.ZIP),
                bytes("an empty ZIP", "PK\5\6" + "\0".repeat(18), FileKind.ZIP),
                bytes("gzip", "\u001f\u008b\b\0", FileKind.BINARY),
                bytes("ELF", "\u007fELF\2\1\1", FileKind.BINARY),
                bytes("program of Windows", "MZ\u0090\0\3", FileKind.BINARY),
                bytes(
                        "a GIF that is a script, too",
                        "GIF89a/*<script>alert(1)//*/=1",
                        FileKind.GIF),
                bytes(
                        "a JPEG with a page behind it",
                        "\u00ff\u00d8\u00ff<html><script>",
                        FileKind.JPEG),
                bytes("half a PNG's signature", "\u0089PNG\r\n", FileKind.BINARY),
                text("page", "<!DOCTYPE html><p>Hi", FileKind.HTML),
                text("page behind spaces", " \r\n\t<ScRiPt>alert(1)</script>", FileKind.HTML),
                text("page behind a mark", "\uFEFF<iframe src=x>", FileKind.HTML),
                text("page behind a comment", "<!-- picture --><body onload=x>", FileKind.HTML),
                text("XHTML", "<?xml version='1.0'?><html xmlns='x'/>", FileKind.HTML),
                text("SVG", "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", FileKind.SVG),
                text(
                        "SVG as XML",
                        "<?xml version='1.0'?>\n<!DOCTYPE x [<!ENTITY a 'b'>]><SVG/>",
                        FileKind.SVG),
                text("XML", "<?xml version='1.0'?><project/>", FileKind.XML),
                text("tags of one's own", "<project><a/></project>", FileKind.XML),
                text("PHP", "<?php echo 1; ?>", FileKind.TEXT),
                text("a sum", "<3 is a heart", FileKind.TEXT),
                text("Markdown with a page in it", "# Hi\n\n<script>x</script>", FileKind.TEXT),
                text("words with their mark", "\uFEFFGr\u00fc\u00dfe", FileKind.TEXT),
                text("JSON", "{\"a\": [1]}", FileKind.TEXT),
                text("CSV", "a,b\r\n1,2\r\n", FileKind.TEXT),
                text("a mail", "From: a@b.c\nSubject: x\n\nwords", FileKind.TEXT),
                text("colours of a terminal", "\u001b[31mred\u001b[0m", FileKind.TEXT),
                text("a NUL in words", "words\0", FileKind.BINARY),
                bytes("Latin-1", "Gr\u00fc\u00dfe", FileKind.BINARY),
                bytes("too long UTF-8", "\u00c0\u00afetc", FileKind.BINARY),
                bytes("a half of a character", "\u00ed\u00a0\u0080", FileKind.BINARY),
                bytes("words that break off", "Gr\u00c3", FileKind.BINARY),
                bytes("UTF-16", "\u00ff\u00feh\0i\0", FileKind.UTF_16),
                bytes("UTF-16, big end first", "\u00fe\u00ff\0h\0i", FileKind.UTF_16),
                bytes("UTF-16 without a mark", "h\0i\0", FileKind.BINARY),
                bytes("UTF-32", "\u00ff\u00fe\0\0h\0\0\0", FileKind.BINARY),
                bytes("nothing", "", FileKind.BINARY),
                bytes("only a mark", "\u00ef\u00bb\u00bf", FileKind.BINARY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void a_file_is_what_its_bytes_are(String what, byte[] bytes, FileKind kind) {
        assertThat(FileKind.of(bytes)).isEqualTo(kind);
        assertThat(FileKind.named(kind.type())).isEqualTo(kind);
    }

    @Test
    void what_a_browser_would_run_is_never_sent_as_what_it_is() {
        Set<String> harmless =
                Set.of(
                        "image/png",
                        "image/jpeg",
                        "image/gif",
                        "image/webp",
                        "application/pdf",
                        "text/plain; charset=utf-8",
                        "audio/wav",
                        "audio/mpeg",
                        "audio/ogg",
                        "audio/flac",
                        "application/octet-stream");
        assertThat(FileKind.values()).allMatch(kind -> harmless.contains(kind.sentAs()));
        for (FileKind kind :
                List.of(FileKind.HTML, FileKind.SVG, FileKind.XML, FileKind.ZIP, FileKind.UTF_16)) {
            assertThat(kind.sentAs()).isEqualTo("application/octet-stream");
        }
        assertThat(FileKind.named("image/of-a-later-version")).isEqualTo(FileKind.BINARY);
    }
}
