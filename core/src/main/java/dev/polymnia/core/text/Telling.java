package dev.polymnia.core.text;

import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.TokenDetail;
import java.util.List;

/// Tells a listener the words of a branch as they come, and what is known of their tokens. Not
/// thread-safe.
public final class Telling {
    private final BranchListener listener;
    private Channel channel = Channel.ANSWER;

    /// Creates it for one start or continuation of a branch.
    public Telling(BranchListener listener) {
        this.listener = listener;
    }

    /// Tells pieces, the first one with the tokens; tokens without a piece go to the channel of the
    /// latest.
    ///
    /// @throws RuntimeException as the listener throws
    public void tell(List<Piece> pieces, List<TokenDetail> tokens) {
        List<TokenDetail> untold = tokens;
        for (Piece piece : pieces) {
            channel = piece.channel();
            listener.on(new BranchEvent.Delta(channel, piece.text(), untold));
            untold = List.of();
        }
        if (!untold.isEmpty()) {
            listener.on(new BranchEvent.Delta(channel, "", untold));
        }
    }
}
