package dev.polymnia.llama.library;

import java.util.Locale;

/// What a build of llama.cpp computes on, the CPU always being there besides.
enum Device {
    CPU,
    CUDA,
    VULKAN,
    METAL;

    /// Returns the name in package names and settings, for example `cuda`.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the package of a platform for this device, without scope, whether it exists or not.
    String packageOf(Platform platform) {
        return switch (this) {
            // The only package for Apple silicon is the one for Metal.
            case CPU -> isAppleSilicon(platform) ? platform + "-metal" : platform.toString();
            case CUDA, VULKAN, METAL -> platform + "-" + label();
        };
    }

    static boolean isAppleSilicon(Platform platform) {
        return platform.equals(new Platform(Platform.Os.MAC, Platform.Architecture.ARM64));
    }
}
