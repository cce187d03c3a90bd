package dev.polymnia.remote;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Prices;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What all calls to one endpoint share. Thread-safe.
final class Link implements AutoCloseable {
    private final RemoteOptions options;
    private final Wire wire;
    private final Endpoint endpoint;
    private final Habits habits;
    private final Places places;
    private final Breaker breaker;

    private Link(RemoteOptions options, Wire wire, Endpoint endpoint, Breaker breaker) {
        this.options = options;
        this.wire = wire;
        this.endpoint = endpoint;
        this.breaker = breaker;
        habits = new Habits(endpoint.kind());
        places = new Places(options.calls());
    }

    /// Connects to an endpoint.
    ///
    /// @throws Fault as [RemoteModel#connect]
    static Link open(
            RemoteOptions options,
            Map<String, String> environment,
            Breaker breaker,
            Cancellation cancellation) {
        Wire wire = new Wire(options, environment);
        try {
            return new Link(
                    options, wire, new Discovery(wire, options, cancellation).find(), breaker);
        } catch (RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    RemoteOptions options() {
        return options;
    }

    Wire wire() {
        return wire;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Habits habits() {
        return habits;
    }

    Places places() {
        return places;
    }

    Breaker breaker() {
        return breaker;
    }

    /// Returns what the endpoint can do, as far as it is known now.
    Set<Capability> capabilities() {
        EndpointKind kind = endpoint.kind();
        Set<Capability> capabilities = EnumSet.of(Capability.TOOLS);
        if (habits.mostTogether() > 1 && habits.takes(Feature.TOGETHER)) {
            capabilities.add(Capability.SHARED_PREFIXES);
        }
        if (habits.takes(Feature.LOG_PROBABILITIES)) {
            capabilities.add(Capability.LOG_PROBABILITIES);
            capabilities.add(Capability.ALTERNATIVES);
        }
        if (habits.takes(Feature.SCHEMA)) {
            capabilities.add(Capability.SCHEMA);
        }
        if (kind.takesGrammar() && habits.takes(Feature.GRAMMAR)) {
            capabilities.add(Capability.GRAMMAR);
        }
        if (kind.takesBias() && habits.takes(Feature.LOGIT_BIAS)) {
            capabilities.add(Capability.LOGIT_BIAS);
        }
        if (endpoint.seesImages()) {
            capabilities.add(Capability.IMAGES);
        }
        if (kind.continuesAnswers()) {
            capabilities.add(Capability.BEGINNING);
        }
        return capabilities;
    }

    /// Returns what the model's tokens cost, as far as anybody knows.
    Prices prices() {
        return options.prices().getOrDefault(endpoint.model(), Prices.FREE);
    }

    Fault fault(Throwable thrown) {
        return wire.faults().of(thrown, endpoint.model(), endpoint.models());
    }

    @Override
    public void close() {
        wire.close();
    }
}
