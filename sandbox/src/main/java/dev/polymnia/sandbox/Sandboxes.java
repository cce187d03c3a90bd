package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Opens sandboxes.
public final class Sandboxes {
    private Sandboxes() {}

    /// Opens the best sandbox that works on this machine. Each candidate has to run a small program
    /// that tries to get out before it is believed, so this takes a moment.
    ///
    /// @return a sandbox; whoever asked for it closes it
    /// @throws Fault with `UNAVAILABLE` if there is none, with what to install or to allow, and
    ///   `CANCELLED` if the thread is interrupted
    public static Sandbox open() {
        Machine.own(); // says better than a missing /proc what is wrong elsewhere
        return open(Footing.possible());
    }

    /// Tells what is missing.
    ///
    /// @return why [#open] would fail at this moment, in words for a person; empty if it would not
    /// @throws Fault with `CANCELLED` if the thread is interrupted
    public static Optional<String> problem() {
        try (Sandbox _ = open()) {
            return Optional.empty();
        } catch (Fault fault) {
            if (fault.code() != Fault.Code.UNAVAILABLE) {
                throw fault;
            }
            return Optional.of(fault.getMessage());
        }
    }

    /// Opens the first sandbox that works with one of these footings.
    ///
    /// @throws Fault as [#open] does
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
        throw new Fault(
                Fault.Code.UNAVAILABLE,
                "No sandbox works here, so programs that a model wrote are not run. %s docs/design/sandbox.md tells what has to be allowed."
                        .formatted(String.join(" ", reasons)));
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
