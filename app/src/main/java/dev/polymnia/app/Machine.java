package dev.polymnia.app;

import com.sun.management.OperatingSystemMXBean;
import dev.polymnia.core.Fault;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.llama.library.NativeLibraries;
import java.lang.management.ManagementFactory;

/// What decides which models suit a machine.
///
/// @param memoryBytes all of its memory, or that of the container; 0 if Java does not tell
/// @param device what the engine computes on, `cpu` unless libraries for another are here
record Machine(long memoryBytes, String device) {
    static Machine ofThisOne() {
        return new Machine(allMemory(), chosenDevice());
    }

    static long allMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                ? bean.getTotalMemorySize()
                : 0;
    }

    private static String chosenDevice() {
        try {
            return LibraryFolder.installed().map(NativeLibraries::device).orElse("cpu");
        } catch (Fault e) {
            // `doctor` says what is wrong with the libraries; a list of models needs none.
            return "cpu";
        }
    }
}
