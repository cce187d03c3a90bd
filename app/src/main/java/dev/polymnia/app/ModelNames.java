package dev.polymnia.app;

import dev.polymnia.models.Catalogue;
import dev.polymnia.models.CatalogueEntry;
import java.util.Iterator;

/// The names of the catalogue, as candidates for shell completion.
final class ModelNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Catalogue.builtIn().entries().stream().map(CatalogueEntry::name).iterator();
    }
}
