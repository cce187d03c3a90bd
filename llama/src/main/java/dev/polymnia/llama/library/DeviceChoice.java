package dev.polymnia.llama.library;

import dev.polymnia.core.Fault;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The device that llama.cpp is to compute on.
///
/// @param device the device
/// @param packageName the npm package for it, without scope; one of the known ones
/// @param why why it was chosen, for a person
record DeviceChoice(Device device, String packageName, String why) {
    /// The setting that chooses: `cpu`, `cuda`, `vulkan` or `metal`.
    static final String SETTING = "POLYMNIA_DEVICE";

    /// Chooses: what the person asks for, else Metal on Apple silicon, else CUDA, else Vulkan, else
    /// the CPU; a device without a known package for the platform is passed over.
    ///
    /// @throws Fault with `INVALID` if the setting names no device, `UNSUPPORTED` if there is no
    ///   package
    static DeviceChoice of(
            Platform platform,
            Drivers drivers,
            LlamaPackages packages,
            Map<String, String> environment) {
        String wish = environment.getOrDefault(SETTING, "").strip();
        if (!wish.isEmpty()) {
            Device device = named(wish);
            return choice(device, platform, packages, SETTING + " asks for it")
                    .orElseThrow(() -> Platform.unsupported(platform + " with " + device.label()));
        }
        return reasons(platform, drivers).entrySet().stream()
                .map(entry -> choice(entry.getKey(), platform, packages, entry.getValue()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> Platform.unsupported(platform.toString()));
    }

    /// Returns the devices that can be used, the best first, and why each would be chosen.
    private static SequencedMap<Device, String> reasons(Platform platform, Drivers drivers) {
        SequencedMap<Device, String> reasons = new LinkedHashMap<>();
        if (Device.isAppleSilicon(platform)) {
            reasons.put(Device.METAL, "this is Apple silicon");
        }
        if (drivers.nvidia() && drivers.cudaRuntime()) {
            reasons.put(Device.CUDA, "an NVIDIA driver and the libraries of CUDA 13 are installed");
        }
        if (drivers.vulkan()) {
            reasons.put(
                    Device.VULKAN,
                    "a graphics device and a Vulkan loader were found" + missing(drivers));
        }
        reasons.put(Device.CPU, "no graphics device that can be used was found" + missing(drivers));
        return reasons;
    }

    private static String missing(Drivers drivers) {
        return drivers.nvidia() && !drivers.cudaRuntime()
                ? "; for CUDA, the NVIDIA driver is there but the libraries of CUDA 13 are not"
                : "";
    }

    private static Optional<DeviceChoice> choice(
            Device device, Platform platform, LlamaPackages packages, String why) {
        String name = device.packageOf(platform);
        return packages.integrity(name).map(_ -> new DeviceChoice(device, name, why));
    }

    private static Device named(String wish) {
        for (Device device : Device.values()) {
            if (device.label().equals(wish.toLowerCase(Locale.ROOT))) {
                return device;
            }
        }
        throw new Fault(
                Fault.Code.INVALID,
                SETTING + " is '" + wish + "'; choose cpu, cuda, vulkan or metal, or unset it.");
    }
}
