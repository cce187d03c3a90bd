package dev.polymnia.remote;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prices;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// Whether several endpoints can stand for one model.
final class Sameness {
    private Sameness() {}

    /// @throws Fault `INVALID` if an endpoint is named twice
    static void checkAddresses(List<RemoteOptions> endpoints) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("there is no endpoint");
        }
        Set<URI> seen = new HashSet<>();
        for (RemoteOptions each : endpoints) {
            if (!seen.add(each.base())) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "The endpoint %s is named twice; name each once.".formatted(each.base()));
            }
        }
    }

    /// @throws Fault `INVALID` if their models differ, or what is paid for them
    static void checkModels(List<Link> links) {
        if (links.stream().map(link -> link.endpoint().model()).distinct().count() > 1) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The endpoints have different models: %s. Choose one that all have with --model, or ask fewer endpoints."
                            .formatted(links.stream().map(Sameness::named).collect(joining(", "))));
        }
        if (links.stream().map(Link::prices).distinct().count() > 1) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The endpoints take different prices for '%s', so what an answer costs could not be kept to: %s (for a million tokens: prompt, cached, generated). Give all of them the same prices, or ask those alone that have."
                            .formatted(
                                    links.getFirst().endpoint().model(),
                                    links.stream().map(Sameness::priced).collect(joining("; "))));
        }
    }

    private static String named(Link link) {
        return link.options().base() + " has '" + link.endpoint().model() + "'";
    }

    private static String priced(Link link) {
        Prices prices = link.prices();
        return LongStream.of(prices.prompt(), prices.cached(), prices.generated())
                .mapToObj(price -> BigDecimal.valueOf(price, 6).stripTrailingZeros())
                .map(BigDecimal::toPlainString)
                .collect(joining(", ", link.options().base() + " takes ", ""));
    }
}
