package dev.polymnia.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a file is by its bytes, whatever its name or its sender says. The signatures are those by
/// which browsers know what is harmless ([WHATWG, MIME
/// Sniffing](https://mimesniff.spec.whatwg.org), 6 and 7.1); what they would take for a page is
/// known before text is.
enum FileKind {
    /// A picture.
    PNG("image/png", Use.PICTURE),
    /// A picture.
    JPEG("image/jpeg", Use.PICTURE),
    /// A picture.
    GIF("image/gif", Use.PICTURE),
    /// A picture.
    WEBP("image/webp", Use.PICTURE),
    /// A document.
    PDF("application/pdf", Use.SHOWN),
    /// Sound, in the container of Microsoft's.
    WAV("audio/wav", Use.SHOWN),
    /// Sound.
    MP3("audio/mpeg", Use.SHOWN),
    /// Sound, in a container that may hold pictures, too.
    OGG("audio/ogg", Use.SHOWN),
    /// Sound.
    FLAC("audio/flac", Use.SHOWN),
    /// An archive, or a document that is one inside, as those of office programs are.
    ZIP("application/zip", Use.NONE),
    /// A page of the web.
    HTML("text/html", Use.TEXT),
    /// A picture that is a program, too.
    SVG("image/svg+xml", Use.TEXT),
    /// Something else with tags.
    XML("application/xml", Use.TEXT),
    /// Words in UTF-8: notes, Markdown, tables, JSON, programs.
    TEXT("text/plain", Use.SHOWN_TEXT),
    /// Words in UTF-16, by their mark.
    UTF_16("text/plain; charset=utf-16", Use.NONE),
    /// All else.
    BINARY("application/octet-stream", Use.NONE);

    /// What is done with it.
    private enum Use {
        /// Sent as what it is, and shown to models.
        PICTURE,
        /// Sent as what it is.
        SHOWN,
        /// Read to models.
        TEXT,
        /// Sent as what it is, and read to models.
        SHOWN_TEXT,
        /// Kept.
        NONE
    }

    /// How files of a kind begin.
    ///
    /// @param hex bytes in hexadecimal digits; full stops for any
    private record Signature(FileKind kind, String hex) {
        private int length() {
            return hex.length() / 2;
        }

        boolean begins(byte[] bytes) {
            return bytes.length >= length()
                    && IntStream.range(0, length()).allMatch(i -> matches(i, bytes[i]));
        }

        private boolean matches(int place, byte found) {
            return hex.charAt(2 * place) == '.'
                    || found == (byte) HexFormat.fromHexDigits(hex, 2 * place, 2 * place + 2);
        }
    }

    /// The page's beginning, with where it lies in its stream, and its only piece.
    private static final String OGG_PAGE = "4f67675300" + "..".repeat(23);

    private static final List<Signature> SIGNATURES =
            List.of(
                    new Signature(PNG, "89504e470d0a1a0a"),
                    new Signature(JPEG, "ffd8ff"),
                    new Signature(GIF, "474946383761"),
                    new Signature(GIF, "474946383961"),
                    new Signature(WEBP, "52494646........574542505650"),
                    new Signature(PDF, "255044462d"),
                    new Signature(WAV, "52494646........57415645"),
                    // With a tag before it; what begins at once has no signature.
                    new Signature(MP3, "4944330200"),
                    new Signature(MP3, "4944330300"),
                    new Signature(MP3, "4944330400"),
                    // Opus, Vorbis, FLAC.
                    new Signature(OGG, OGG_PAGE + "4f70757348656164"),
                    new Signature(OGG, OGG_PAGE + "01766f72626973"),
                    new Signature(OGG, OGG_PAGE + "7f464c4143"),
                    new Signature(FLAC, "664c614300000022"),
                    new Signature(FLAC, "664c614380000022"),
                    new Signature(ZIP, "504b0304"),
                    new Signature(ZIP, "504b0506"),
                    // UTF-32 begins as UTF-16 does.
                    new Signature(BINARY, "fffe0000"),
                    new Signature(UTF_16, "fffe"),
                    new Signature(UTF_16, "feff"));

    private static final String UTF_8_MARK = "\uFEFF";
    private static final int HEAD = 1024;
    private static final Pattern TAG = Pattern.compile("^\\s*<[\\p{Alpha}!?/]");
    private static final Pattern PAGE =
            Pattern.compile(
                    "^\\s*<(!--|/?(!doctype"
                            + " html|html|head|script|iframe|h1|div|font|table|a|style|title"
                            + "|b|body|br|p)\\b)");

    private final String type;
    private final Use use;

    FileKind(String type, Use use) {
        this.type = type;
        this.use = use;
    }

    /// Returns what bytes are.
    static FileKind of(byte[] bytes) {
        return SIGNATURES.stream()
                .filter(signature -> signature.begins(bytes))
                .map(Signature::kind)
                .findFirst()
                .or(() -> words(bytes).filter(it -> !it.isEmpty()).map(FileKind::text))
                .orElse(BINARY);
    }

    /// Returns whether bytes begin as files of this kind do.
    boolean begins(byte[] bytes) {
        return SIGNATURES.stream()
                .anyMatch(signature -> signature.kind() == this && signature.begins(bytes));
    }

    private static FileKind text(String words) {
        String head = words.substring(0, Math.min(HEAD, words.length())).toLowerCase(Locale.ROOT);
        if (!TAG.matcher(head).find() || head.startsWith("<?php")) {
            return TEXT;
        }
        if (head.contains("<svg")) {
            return SVG;
        }
        return PAGE.matcher(head).find() || head.contains("<html") ? HTML : XML;
    }

    /// Returns text, without the mark before it; empty if bytes are no UTF-8, or have what no text
    /// has.
    static Optional<String> words(byte[] bytes) {
        for (byte each : bytes) {
            // Escape begins the colours of terminals.
            boolean control = (each >= 0 && each < ' ') || each == 0x7F;
            if (control && "\t\n\f\r\u001B".indexOf(each) < 0) {
                return Optional.empty();
            }
        }
        try {
            String words =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(words.startsWith(UTF_8_MARK) ? words.substring(1) : words);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// Returns the one with a media type; of all else it is [#BINARY].
    static FileKind named(String type) {
        return Stream.of(values())
                .filter(kind -> kind.type.equals(type))
                .findFirst()
                .orElse(BINARY);
    }

    /// Returns its media type.
    String type() {
        return type;
    }

    /// Returns the media type that a browser is told: its own only where that does nothing.
    String sentAs() {
        return switch (use) {
            case PICTURE, SHOWN -> type;
            case SHOWN_TEXT -> type + "; charset=utf-8";
            case TEXT, NONE -> BINARY.type;
        };
    }

    /// Returns whether models can be shown it.
    boolean isPicture() {
        return use == Use.PICTURE;
    }

    /// Returns whether models can be read it.
    boolean isText() {
        return use == Use.TEXT || use == Use.SHOWN_TEXT;
    }
}
