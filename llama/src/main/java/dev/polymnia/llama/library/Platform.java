package dev.polymnia.llama.library;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.util.Locale;
import java.util.Properties;

/// An operating system and a processor that llama.cpp is known to run on from Java.
///
/// @param os the operating system
/// @param architecture the processor
record Platform(Os os, Architecture architecture) {
    /// Operating systems, with the names that the packages give them.
    enum Os {
        /// Any Linux with the GNU C library.
        LINUX("linux"),
        /// macOS.
        MAC("mac"),
        /// Windows.
        WINDOWS("win");

        private final String label;

        Os(String label) {
            this.label = label;
        }
    }

    /// Processors, all of 64 bits, with the names that the packages give them.
    enum Architecture {
        /// AMD64, also called x86-64.
        X64("x64"),
        /// AArch64, Apple silicon among them.
        ARM64("arm64");

        private final String label;

        Architecture(String label) {
            this.label = label;
        }
    }

    /// Checks the parts.
    Platform {
        requireNonNull(os, "os is null");
        requireNonNull(architecture, "architecture is null");
    }

    /// Returns the platform that system properties tell of.
    ///
    /// @param system looked up: `os.name`, `os.arch`
    /// @throws Fault with `UNSUPPORTED` if it is not known
    static Platform of(Properties system) {
        String osName = system.getProperty("os.name", "an unknown system");
        String processor = system.getProperty("os.arch", "an unknown processor");
        String lower = osName.toLowerCase(Locale.ROOT);
        Os os;
        if (lower.startsWith("linux")) {
            os = Os.LINUX;
        } else if (lower.startsWith("mac")) {
            os = Os.MAC;
        } else if (lower.startsWith("windows")) {
            os = Os.WINDOWS;
        } else {
            throw unsupported(osName + " on " + processor);
        }
        return switch (processor.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> new Platform(os, Architecture.X64);
            case "aarch64", "arm64" -> new Platform(os, Architecture.ARM64);
            default -> throw unsupported(osName + " on " + processor);
        };
    }

    /// Returns what to say where no library can be fetched.
    ///
    /// @param what the platform, or the platform and the device
    static Fault unsupported(String what) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                "There is no prebuilt llama.cpp for "
                        + what
                        + ". Build it yourself as shared libraries and set "
                        + LibraryFolder.HOME
                        + " to their folder.");
    }

    /// Returns the platform's name in package names, for example `linux-x64`.
    @Override
    public String toString() {
        return os.label + "-" + architecture.label;
    }
}
