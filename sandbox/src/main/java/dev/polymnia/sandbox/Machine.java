package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.util.Locale;

/// A processor whose system calls are known, under Linux.
enum Machine {
    /// 64-bit x86.
    X86_64(0xC000003E),
    /// 64-bit ARM.
    AARCH64(0xC00000B7);

    private final int audit;

    Machine(int audit) {
        this.audit = audit;
    }

    /// Returns the kernel's `AUDIT_ARCH_…` of it (`linux/audit.h`).
    int audit() {
        return audit;
    }

    /// Returns the machine that this program runs on.
    ///
    /// @throws Fault with `UNAVAILABLE` if it is another system or processor
    static Machine own() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /// Returns a machine by the names that the JDK has for them.
    ///
    /// @throws Fault with `UNAVAILABLE` if it is another system or processor
    static Machine of(String system, String processor) {
        if (system.equals("Linux")) {
            switch (processor.toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64" -> {
                    return X86_64;
                }
                case "aarch64", "arm64" -> {
                    return AARCH64;
                }
                default -> {}
            }
        }
        throw new Fault(
                Fault.Code.UNAVAILABLE,
                "Bubblewrap is for Linux on x86-64 or arm64, and this is %s on %s."
                        .formatted(system, processor));
    }
}
