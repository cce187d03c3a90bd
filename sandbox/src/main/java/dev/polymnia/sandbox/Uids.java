package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.util.BitSet;

/// Hands out numbers of users that nobody is, so that each run's processes are counted apart.
/// Thread-safe.
///
/// They are from 60,800 to 61,055, which systemd's table of user numbers leaves unused and which
/// are below 65,536, so that containers have them, too. Where a process begins depends on its own
/// number, so that two that run beside each other seldom share one; if they do, the limit of
/// processes is shared in namespaces of root and in kernels before 5.14, and apart in others.
final class Uids {
    private static final int FIRST = 60_800;
    private static final int COUNT = 256;

    private final BitSet taken = new BitSet();
    private final int offset;

    Uids(long pid) {
        offset = (int) (pid * 37 % COUNT);
    }

    /// Takes a place.
    ///
    /// @throws Fault with `OVERLOADED` if all are taken
    synchronized int take() {
        int place = taken.nextClearBit(0);
        if (place == COUNT) {
            throw new Fault(
                    Fault.Code.OVERLOADED,
                    "%d programs run in the sandbox already; try again when one has ended."
                            .formatted(COUNT));
        }
        taken.set(place);
        return place;
    }

    /// Gives a place back.
    synchronized void release(int place) {
        taken.clear(place);
    }

    /// Returns the user of a place.
    int uid(int place) {
        return FIRST + (offset + place) % COUNT;
    }
}
