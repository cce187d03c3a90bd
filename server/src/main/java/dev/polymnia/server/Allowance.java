package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.people.Spender;

/// The step in which it is settled what a run that has been [let in][Admission] may spend.
@FunctionalInterface
interface Allowance {
    /// Limits a leg to what its spender may still spend, and keeps that for it until it is
    /// [settled][Settlement]. May block for a moment.
    ///
    /// @return the leg with a budget that allows no more
    /// @throws dev.polymnia.core.Fault `OVERLOADED` if nothing is left
    Leg allow(Spender spender, Leg leg, ModelInfo model);
}
