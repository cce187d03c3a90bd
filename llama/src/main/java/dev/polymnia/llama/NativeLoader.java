package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.llama.library.NativeLibraries;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Loads llama.cpp, once in the life of the process: its backends register themselves in global
/// state and cannot be loaded twice or be given back. Thread-safe.
final class NativeLoader {
    /// The version whose struct layouts [Layouts] describes.
    static final String VERSION = "0.5.0";

    private static @Nullable LlamaNative loaded; // guarded by the class
    private static @Nullable Path loadedFrom; // guarded by the class

    private NativeLoader() {}

    /// Returns the functions of llama.cpp, loading it first if need be.
    ///
    /// @throws Fault `UNSUPPORTED` on a 32-bit or otherwise unknown processor, for another version,
    ///   or if libraries from another folder are loaded already; `UNAVAILABLE` if a library cannot
    ///   be loaded
    static synchronized LlamaNative load(NativeLibraries libraries) {
        LlamaNative present = loaded;
        if (present == null) {
            present = loadFirst(libraries);
            loaded = present;
            loadedFrom = libraries.folder();
            return present;
        }
        if (!libraries.folder().equals(loadedFrom)) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "llama.cpp is loaded from %s; this process cannot load it again from %s. Restart it."
                            .formatted(loadedFrom, libraries.folder()));
        }
        return present;
    }

    private static LlamaNative loadFirst(NativeLibraries libraries) {
        checkPlatform();
        // The libraries stay for good: their worker threads and registered backends must never see
        // them unloaded.
        Arena arena = Arena.global();
        open(libraries.ggmlBase(), arena);
        SymbolLookup ggml = open(libraries.ggml(), arena);
        SymbolLookup llama = open(libraries.llama(), arena);
        checkVersion(llama, libraries.llama());
        LlamaNative functions = LlamaNative.link(ggml, llama);
        try (Arena scratch = Arena.ofConfined()) {
            functions.setLog().invokeExact(NativeLog.callback(arena), MemorySegment.NULL);
            functions
                    .loadBackends()
                    .invokeExact(scratch.allocateFrom(libraries.folder().toString()));
            functions.initBackend().invokeExact();
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        return functions;
    }

    private static void checkPlatform() {
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean known =
                switch (processor) {
                    case "amd64", "x86_64", "aarch64", "arm64" -> true;
                    default -> false;
                };
        if (!known || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "The processor '"
                            + processor
                            + "' is not supported; Polymnia runs on 64-bit x86 and ARM.");
        }
    }

    @SuppressWarnings("restricted") // this module exists to call C
    private static SymbolLookup open(Path library, Arena arena) {
        try {
            return SymbolLookup.libraryLookup(library, arena);
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The library "
                            + library
                            + " cannot be loaded; on Linux it needs glibc 2.34 or later. Remove its"
                            + " folder to fetch it again, or set POLYMNIA_LLAMA_HOME to a build of"
                            + " your own.",
                    e);
        }
    }

    @SuppressWarnings("restricted") // the length of a C string is not known
    private static void checkVersion(SymbolLookup llama, Path library) {
        String version;
        try {
            MemorySegment text = (MemorySegment) LlamaNative.version(llama).invokeExact();
            version = text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        if (!version.equals(VERSION) && !version.startsWith(VERSION + "-")) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "The library %s is llama.cpp %s; Polymnia needs %s."
                            .formatted(library, version, VERSION));
        }
    }
}
