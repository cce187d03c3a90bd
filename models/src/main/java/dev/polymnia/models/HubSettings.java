package dev.polymnia.models;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How a download from the hub behaves.
///
/// @param trust which certificates are believed; empty for those that Java believes
record HubSettings(
        HubClient.Limits limits, BackOff backOff, Pause pause, Optional<SSLContext> trust) {
    static HubSettings standard() {
        return new HubSettings(
                HubClient.Limits.DEFAULT, BackOff.standard(), Pause.REAL, Optional.empty());
    }
}
