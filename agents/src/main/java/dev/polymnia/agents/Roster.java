package dev.polymnia.agents;

import dev.polymnia.core.Fault;

/// Which chains are sampled side by side for a branch bank.
///
/// Words have the numbers from 0, programs those from [#FIRST_PROGRAM]. A chain's seed follows from
/// its number, so a bank is the beginning of a larger one, and its first words are those of
/// Contemplating with the same seed.
///
/// @param words how many chains reason in words, or answer with code, 0 to 64
/// @param programs how many write a program, 0 to 64
public record Roster(int words, int programs) {
    /// The most chains of a kind.
    public static final int MOST = 64;

    /// The number of the first program.
    public static final int FIRST_PROGRAM = MOST;

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` for a number of chains that is not possible
    public Roster {
        check(words, programs);
    }

    /// Checks how many chains there are to be.
    ///
    /// @throws Fault `INVALID` for a number that is not possible
    public static void check(int words, int programs) {
        if (words < 0 || programs < 0 || words > MOST || programs > MOST || words + programs == 0) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A bank of %d chains in words and %d programs; choose 0 to %d of each, and at least one."
                            .formatted(words, programs, MOST));
        }
    }
}
