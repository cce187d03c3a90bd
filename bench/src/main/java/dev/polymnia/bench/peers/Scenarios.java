package dev.polymnia.bench.peers;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Fault.Code;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// All scenarios. Not instantiated.
final class Scenarios {
    static final List<Scenario> ALL =
            List.of(
                    BranchesScenario.COLD,
                    BranchesScenario.WARM,
                    BranchesScenario.EQUAL,
                    BranchesScenario.EQUAL_IN_ONE,
                    new SingleScenario(),
                    new ChatsScenario(16),
                    new ChatsScenario(32),
                    new ChatsScenario(64),
                    new TurnsScenario(false),
                    new TurnsScenario(true),
                    new ArrivalScenario());

    private Scenarios() {}

    /// Finds scenarios.
    ///
    /// @param names of one each, or the beginning of several names; none for all
    /// @throws Fault `NOT_FOUND` if there is none of a name
    static List<Scenario> find(List<String> names) {
        if (names.isEmpty()) {
            return ALL;
        }
        Set<Scenario> found = new LinkedHashSet<>();
        for (String name : names) {
            List<Scenario> named = new ArrayList<>(ALL);
            named.removeIf(scenario -> !scenario.name().equals(name));
            if (named.isEmpty()) {
                named.addAll(ALL);
                named.removeIf(scenario -> !scenario.name().startsWith(name));
            }
            if (named.isEmpty()) {
                throw new Fault(
                        Code.NOT_FOUND,
                        "no scenario is named %s; choose of %s"
                                .formatted(name, ALL.stream().map(Scenario::name).toList()));
            }
            found.addAll(named);
        }
        return List.copyOf(found);
    }
}
