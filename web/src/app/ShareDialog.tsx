import { useCallback, useEffect, useState } from 'react';
import { server } from '../api/client.ts';
import { asFailure, type Problem } from '../api/problem.ts';
import type { Conversation, Share } from '../api/types.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/words.ts';
import { Notice } from './Notice.tsx';
import { sharedAddress } from './place.ts';

const DAYS = [1, 7, 30, 365];

/** Makes links by which others read a conversation, and takes them back. */
export function ShareDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
    const words = useWords();
    const { id, title } = conversation;
    const [shares, setShares] = useState<Share[] | null>(null);
    const [days, setDays] = useState(30);
    const [link, setLink] = useState<{ share: string; address: string } | null>(null);
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);

    const failed = useCallback((error: unknown) => setProblem(asFailure(error)), []);
    const read = useCallback(
        () => server.shares(id).then(({ data }) => setShares(data.toReversed()), failed),
        [id, failed],
    );
    useEffect(() => {
        void read();
    }, [read]);

    const make = async () => {
        setBusy(true);
        setProblem(null);
        try {
            const made = await server.share(id, days);
            setLink({ share: made.id, address: sharedAddress(window.location.origin, made.secret) });
            await read();
        } catch (error) {
            failed(error);
        } finally {
            setBusy(false);
        }
    };
    const withdraw = (share: string) => {
        setProblem(null);
        server.unshare(id, share).then(() => {
            setLink((before) => (before?.share === share ? null : before));
            return read();
        }, failed);
    };

    return (
        <Dialog title={words.shareThis(title === '' ? words.untitled : title)} onClose={onClose}>
            <p className="note">{words.shareWords}</p>
            {problem !== null && <Notice problem={problem} />}
            <div className="share-make">
                <label className="field">
                    {words.shareFor}
                    <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
                        {DAYS.map((each) => (
                            <option key={each} value={each}>
                                {words.daysAfter(each)}
                            </option>
                        ))}
                    </select>
                </label>
                <button type="button" className="main" data-first disabled={busy} onClick={() => void make()}>
                    {words.makeLink}
                </button>
            </div>
            {link !== null && (
                <div role="status">
                    <div className="copied">
                        <input
                            readOnly
                            aria-label={words.shareLink}
                            value={link.address}
                            onFocus={(event) => event.target.select()}
                        />
                        <CopyButton label={words.copy} text={() => link.address} />
                    </div>
                    <p className="note">{words.shareOnce}</p>
                </div>
            )}
            {shares !== null && <Links shares={shares} onWithdraw={withdraw} />}
        </Dialog>
    );
}

function Links({ shares, onWithdraw }: { shares: readonly Share[]; onWithdraw: (share: string) => void }) {
    const words = useWords();
    const now = Date.now() / 1000;
    const day = (seconds: number) =>
        new Date(seconds * 1000).toLocaleDateString(words.locale, { day: 'numeric', month: 'long', year: 'numeric' });
    return (
        <section className="shares" aria-label={words.shareLinks}>
            <h3>{words.shareLinks}</h3>
            {shares.every(({ expires }) => expires <= now) && <p className="note">{words.shareNone}</p>}
            <ul>
                {shares.map(({ id, created, expires }) => (
                    <li key={id}>
                        <span>
                            {expires > now ? words.shareSince(day(created), day(expires)) : words.shareEnded(day(expires))}
                        </span>
                        <button type="button" aria-label={words.unshareThis(day(created))} onClick={() => onWithdraw(id)}>
                            {words.unshare}
                        </button>
                    </li>
                ))}
            </ul>
        </section>
    );
}
