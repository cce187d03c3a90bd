package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Files of text.
final class Utf8 {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Utf8() {}

    /// Returns the text of a file, without a byte order mark.
    ///
    /// @param name of the file, for messages
    /// @param bytes all of it
    /// @throws Fault with `INVALID` if it is not UTF-8
    static String decode(String name, byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Fault(
                    Fault.Code.INVALID, "The file " + name + " is not UTF-8; convert it.", e);
        }
    }
}
