package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// ZIPs for tests, and what can be done to them. Stateless.
final class Zips {
    static final int LOCAL = 0x04034B50;
    static final int CENTRAL = 0x02014B50;
    static final int END = 0x06054B50;

    private Zips() {}

    /// @param entries names and contents, in turns
    static byte[] of(String... entries) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            all.put(entries[i], entries[i + 1].getBytes(UTF_8));
        }
        return of(all);
    }

    static byte[] of(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Returns a ZIP whose only entry is not compressed, and has its size before it.
    static byte[] stored(String name, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Map<String, byte[]> read(byte[] zip) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /// Returns a copy with another byte, so many behind the first of some signature.
    static byte[] changed(byte[] zip, int signature, int behind, int value) {
        byte[] copy = zip.clone();
        copy[place(zip, signature) + behind] = (byte) value;
        return copy;
    }

    /// Returns where the first of some signature is.
    static int place(byte[] zip, int signature) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i <= zip.length - 4; i++) {
            if (bytes.getInt(i) == signature) {
                return i;
            }
        }
        throw new AssertionError(Integer.toHexString(signature) + " is not there");
    }

    /// Returns the bytes of all parts.
    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
