package dev.polymnia.core.message;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/// Encoded bytes with their media type (RFC 6838), compared by content.
public final class Media {
    private final String type;
    private final byte[] bytes;

    /// Creates a value from a copy of the bytes.
    ///
    /// @param type for example `image/png`
    /// @param bytes the encoded content, at least one byte
    public Media(String type, byte[] bytes) {
        if (type.indexOf('/') <= 0) {
            throw new IllegalArgumentException(
                    "'" + type + "' is not a media type; write one like image/png");
        }
        if (requireNonNull(bytes, "bytes is null").length == 0) {
            throw new IllegalArgumentException("the " + type + " is empty");
        }
        this.type = type;
        this.bytes = bytes.clone();
    }

    /// Returns the media type.
    public String type() {
        return type;
    }

    /// Returns a copy of the encoded content.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Returns the number of bytes of the encoded content.
    public int size() {
        return bytes.length;
    }

    void requireType(String prefix) {
        if (!type.startsWith(prefix)) {
            throw new IllegalArgumentException("expected " + prefix + "…, not " + type);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Media that
                && type.equals(that.type)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return type + "[" + bytes.length + " bytes]";
    }
}
