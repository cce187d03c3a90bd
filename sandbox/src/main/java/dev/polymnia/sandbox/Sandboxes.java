package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Opens sandboxes.
public final class Sandboxes {
    private Sandboxes() {}

    /// Opens the best sandbox that works on this machine, or the one that the environment asks for.
    ///
    /// @return a sandbox; whoever asked for it closes it
    /// @throws Fault as [#open(Preference)] does, and `INVALID` if the environment asks for one
    ///   that there is not
    public static Sandbox open() {
        return open(Preference.ofThisMachine());
    }

    /// Opens a sandbox. Each candidate has to run a small program that tries to get out before it
    /// is believed, so this takes a moment.
    ///
    /// @return a sandbox; whoever asked for it closes it
    /// @throws Fault with `UNAVAILABLE` if there is none, with what to install or to allow, and
    ///   `CANCELLED` if the thread is interrupted
    public static Sandbox open(Preference preference) {
        List<Supplier<Sandbox>> candidates =
                switch (preference.kind()) {
                    case BUBBLEWRAP -> List.of(Sandboxes::bubblewrap);
                    case GRAALPY -> List.of(() -> graalPy(preference.graalPy()));
                    case BEST ->
                            List.of(Sandboxes::bubblewrap, () -> graalPy(preference.graalPy()));
                };
        Set<String> reasons = new LinkedHashSet<>();
        for (Supplier<Sandbox> candidate : candidates) {
            try {
                return candidate.get();
            } catch (Fault fault) {
                reasons.add(reason(fault));
            }
        }
        throw new Fault(
                Fault.Code.UNAVAILABLE,
                "No sandbox works here, so programs that a model wrote are not run. %s docs/design/sandbox.md tells what has to be allowed."
                        .formatted(String.join(" ", reasons)));
    }

    private static Sandbox bubblewrap() {
        Machine.own(); // says better than a missing /proc what is wrong elsewhere
        return open(Footing.possible());
    }

    private static Sandbox graalPy(Optional<Path> folder) {
        return GraalPy.open(
                ChildJvm.of(
                        folder.orElseThrow(
                                () -> ChildJvm.missing("it is not part of this program"))));
    }

    /// Opens bubblewrap's sandbox, on the first of these footings that works.
    ///
    /// @throws Fault as [#open(Preference)] does
    static Sandbox open(List<Footing> footings) {
        Machine machine = Machine.own();
        Programs programs = Programs.find();
        Set<String> reasons = new LinkedHashSet<>();
        Set<Path> tried = new HashSet<>();
        for (Path candidate : Python.candidates()) {
            try {
                Python python = Python.ask(candidate);
                if (tried.add(python.executable())) {
                    return open(machine, programs, python, footings);
                }
            } catch (Fault fault) {
                reasons.add(reason(fault));
            }
        }
        if (reasons.isEmpty()) {
            reasons.add("There is no python3 on the PATH: install Python 3 (apt install python3).");
        }
        throw new Fault(Fault.Code.UNAVAILABLE, String.join(" ", reasons));
    }

    private static Sandbox open(
            Machine machine, Programs programs, Python python, List<Footing> footings) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Footing footing : footings) {
            try {
                return Bubblewrap.open(new Box(machine, programs, python, footing));
            } catch (Fault fault) {
                reasons.add(reason(fault));
            }
        }
        throw new Fault(Fault.Code.UNAVAILABLE, String.join(" ", reasons));
    }

    /// Returns why a candidate is none; throws on if that is not what the fault says.
    private static String reason(Fault fault) {
        if (fault.code() != Fault.Code.UNAVAILABLE) {
            throw fault;
        }
        return fault.getMessage();
    }
}
