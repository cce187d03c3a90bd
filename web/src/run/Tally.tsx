import { useWords } from '../words/words.ts';
import type { Share } from './events.ts';
import type { Group } from './groups.ts';
import { isOver, type RunView } from './reducer.ts';
import { weightOf, weighs } from './weights.ts';

/** A bar of the votes: those of the leader in the accent's colour, those that are out in none. */
export function Tally({
    view,
    groups,
    winner,
}: {
    view: RunView;
    groups: Group[];
    winner: string | null;
}) {
    const words = useWords();
    const tallied = view.tally;
    const shares: readonly Share[] = tallied?.shares ?? groups;
    const silent = tallied?.silent ?? 0;
    const over = isOver(view);
    const pending = tallied?.pending ?? view.lanes.filter((lane) => lane.reason === null).length;
    const told = (share: Share) => `${share.answer}: ${words.votesOf(share.votes)}${weightOf(share, words.locale)}`;
    const said = [
        ...shares.map(told),
        ...(silent > 0 ? [words.silent(silent)] : []),
        ...(pending > 0 && !over ? [words.stillOut(pending)] : []),
    ];
    return (
        <div className="tally">
            <div className="tally-bar" role="img" aria-label={`${words.votesStand}: ${said.join(', ')}`}>
                {shares.map((share) => (
                    <span
                        key={share.answer}
                        className={share.answer === winner ? 'leads' : ''}
                        style={{ flexGrow: weighs(share) }}
                        title={told(share)}
                    />
                ))}
                {silent > 0 && <span className="silent" style={{ flexGrow: silent }} />}
                {pending > 0 && <span className="pending" style={{ flexGrow: pending }} />}
            </div>
            <p className="tally-words" aria-hidden="true">
                {shares.map((share) => (
                    <span key={share.answer} className={share.answer === winner ? 'leads' : ''}>
                        <b>{share.answer}</b> × {share.votes}
                        {weightOf(share, words.locale)}
                    </span>
                ))}
                {silent > 0 && <span>{words.silent(silent)}</span>}
                {pending > 0 && !over && <span>{words.stillOut(pending)}</span>}
            </p>
        </div>
    );
}
