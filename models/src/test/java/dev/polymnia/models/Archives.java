package dev.polymnia.models;

import dev.polymnia.core.platform.MessageDigests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Makes the archives that package registries hand out.
final class Archives {
    private Archives() {}

    static void wheel(Path file, String path, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("about.txt"));
            zip.write(1);
            zip.putNextEntry(new ZipEntry(path));
            zip.write(content);
        }
    }

    static void tgz(Path file, TarContent content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            content.writeTo(tar);
        }
    }

    static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    static void addLink(TarArchiveOutputStream tar, String name, String to, byte kind)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind);
        entry.setLinkName(to);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(MessageDigests.sha256().digest(content));
    }

    static String sha512(Path file) throws IOException {
        return Base64.getEncoder()
                .encodeToString(MessageDigests.sha512().digest(Files.readAllBytes(file)));
    }

    /// What goes into an archive.
    interface TarContent {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }
}
