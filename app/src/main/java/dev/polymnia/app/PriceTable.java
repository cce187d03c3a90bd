package dev.polymnia.app;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prices;
import dev.polymnia.models.PriceFile;
import dev.polymnia.remote.RemoteOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What the person's file of prices says of an endpoint.
final class PriceTable {
    private PriceTable() {}

    /// Returns what an endpoint takes, by its models; nothing if there is no file.
    ///
    /// @param base the endpoint's address, as [RemoteOptions] has it; so are those of the file read
    /// @throws Fault as [PriceFile#read]; `INVALID` if an address in the file is none
    static Map<String, Prices> of(Path file, URI base) {
        Map<String, Prices> found = new HashMap<>();
        if (Files.exists(file)) {
            PriceFile.read(file)
                    .endpoints()
                    .forEach((url, models) -> {
                        if (base(file, url).equals(base)) {
                            found.putAll(models);
                        }
                    });
        }
        return found;
    }

    private static URI base(Path file, String url) {
        try {
            return RemoteOptions.of(url).base();
        } catch (Fault fault) {
            throw new Fault(
                    fault.code(),
                    "The prices %s are of an endpoint that is none. %s"
                            .formatted(file, fault.getMessage()),
                    fault);
        }
    }

    /// Returns why money cannot be limited at a model.
    static Fault unknown(Path file, URI base, String model) {
        return new Fault(
                Fault.Code.INVALID,
                "What %s takes for %s is not known, so --money cannot be kept to. Write it into %s, per million tokens in your currency (0 for what is free), or leave --money out:%n%s"
                        .formatted(base, model, file, PriceFile.example(base.toString(), model)));
    }
}
