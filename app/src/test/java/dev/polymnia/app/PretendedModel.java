package dev.polymnia.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.ModelStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Files that pass for models as long as nobody loads them, and take no room.
final class PretendedModel {
    private static final int STRING = 8;
    private static final int F32 = 0;
    private static final int HEADER_BYTES = 256;

    private PretendedModel() {}

    /// A store in a folder that has one model of the catalogue.
    static ModelStore store(Path folder, String name) throws IOException {
        CacheFolder cache = new CacheFolder(folder);
        CatalogueEntry entry = Catalogue.builtIn().find(name);
        Path file = Files.createDirectories(cache.models()).resolve(entry.file());
        Files.write(file, bytes());
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(entry.bytes());
        }
        return new ModelStore(cache, Catalogue.builtIn(), Map.of());
    }

    /// A GGUF file with eight weights.
    static byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("GGUF".getBytes(UTF_8)).putInt(3).putLong(1).putLong(1);
        text(bytes, "general.architecture");
        bytes.putInt(STRING);
        text(bytes, "llama");
        text(bytes, "blk.0.ffn_up.weight");
        bytes.putInt(2).putLong(4).putLong(2).putInt(F32).putLong(0);
        return bytes.array();
    }

    private static void text(ByteBuffer bytes, String text) {
        bytes.putLong(text.length()).put(text.getBytes(UTF_8));
    }
}
