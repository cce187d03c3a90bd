package dev.polymnia.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes the lines that llama.cpp logs and passes them to the logger of this class at debug level.
/// Keeps two of them: the last error, which says why a load failed, and the CPU variant.
/// Thread-safe: llama.cpp logs on whatever thread it likes.
final class NativeLog {
    private static final Logger LOGGER = System.getLogger("dev.polymnia.llama");
    private static final int ERROR = 4;
    private static final Pattern BACKEND =
            Pattern.compile("loaded (\\w+) backend from .*?([^/\\\\]+)$");

    private static volatile String lastError = "";
    private static volatile String backends = "";

    private NativeLog() {}

    /// Returns the function pointer for `llama_log_set`.
    @SuppressWarnings("restricted") // this module exists to talk to C
    static MemorySegment callback(Arena arena) {
        try {
            return Linker.nativeLinker()
                    .upcallStub(
                            MethodHandles.lookup()
                                    .findStatic(
                                            NativeLog.class,
                                            "take",
                                            MethodType.methodType(
                                                    void.class,
                                                    int.class,
                                                    MemorySegment.class,
                                                    MemorySegment.class)),
                            FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS),
                            arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// Returns the last error line since [#forgetError]; empty if there was none.
    static String lastError() {
        return lastError;
    }

    static void forgetError() {
        lastError = "";
    }

    /// Returns the files of the backends that were loaded, for people.
    static String backends() {
        return backends;
    }

    /// Called from C. Whatever it throws would end the process, so it throws nothing, not even an
    /// error: a line of log is never worth that.
    @SuppressWarnings({"unused", "restricted", "CatchAndPrintStackTrace"})
    private static void take(int level, MemorySegment text, MemorySegment user) {
        try {
            String line = text.reinterpret(Long.MAX_VALUE).getString(0).strip();
            note(level, line);
            LOGGER.log(Level.DEBUG, line);
        } catch (Throwable ignored) {
            return;
        }
    }

    private static synchronized void note(int level, String line) {
        if (level == ERROR) {
            lastError = line;
        }
        Matcher matcher = BACKEND.matcher(line);
        if (matcher.find()) {
            backends = backends.isEmpty() ? matcher.group(2) : backends + ", " + matcher.group(2);
        }
    }
}
