package dev.polymnia.llama.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Decodes UTF-8 that comes in parts. Gives out whole code points only and keeps an unfinished one
/// until its other bytes come; what is no UTF-8 becomes U+FFFD, just as the JDK's own decoder does
/// it for the whole. Not thread-safe.
public final class Utf8Stream {
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] tail = {};

    /// Creates a stream that has read nothing.
    public Utf8Stream() {}

    /// Takes more bytes.
    ///
    /// @param bytes any number; not kept
    /// @return the code points that are complete now; may be empty
    public String accept(byte[] bytes) {
        return decode(bytes, false);
    }

    /// Ends the stream: bytes of an unfinished code point become U+FFFD. The stream may be used
    /// again afterwards, from the beginning.
    ///
    /// @return what was kept; mostly empty
    public String finish() {
        String rest = decode(new byte[0], true);
        decoder.reset();
        return rest;
    }

    private String decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(tail.length + bytes.length).put(tail).put(bytes).flip();
        // A byte never decodes to more than one char, a replacement included.
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, end);
        if (end) {
            decoder.flush(out);
        }
        tail = new byte[in.remaining()];
        in.get(tail);
        return out.flip().toString();
    }
}
