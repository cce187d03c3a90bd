/// The engine beside llama-server, as whole programs. [dev.polymnia.bench.peers.PeerFigures] is the
/// program. A [scenario][dev.polymnia.bench.peers.Scenario] makes one
/// [task][dev.polymnia.bench.peers.Task] for both [peers][dev.polymnia.bench.peers.Peer]; a
/// [duel][dev.polymnia.bench.peers.Duel] lets them do it in
/// [turns][dev.polymnia.bench.peers.Turns], one computing while the other sleeps, and a
/// [table][dev.polymnia.bench.peers.PeerTable] sums the rounds up.
@org.jspecify.annotations.NullMarked
package dev.polymnia.bench.peers;
