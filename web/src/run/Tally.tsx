import { useWords } from '../words/words.ts';
import type { Group } from './groups.ts';
import { isOver, type RunView } from './reducer.ts';

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
    const shares: readonly { answer: string; votes: number }[] = tallied?.shares ?? groups;
    const silent = tallied?.silent ?? 0;
    const over = isOver(view);
    const pending = tallied?.pending ?? view.lanes.filter((lane) => lane.reason === null).length;
    const said = [
        ...shares.map(({ answer, votes }) => `${answer}: ${words.votesOf(votes)}`),
        ...(silent > 0 ? [words.silent(silent)] : []),
        ...(pending > 0 && !over ? [words.stillOut(pending)] : []),
    ];
    return (
        <div className="tally">
            <div className="tally-bar" role="img" aria-label={`${words.votesStand}: ${said.join(', ')}`}>
                {shares.map(({ answer, votes }) => (
                    <span
                        key={answer}
                        className={answer === winner ? 'leads' : ''}
                        style={{ flexGrow: votes }}
                        title={`${answer}: ${words.votesOf(votes)}`}
                    />
                ))}
                {silent > 0 && <span className="silent" style={{ flexGrow: silent }} />}
                {pending > 0 && <span className="pending" style={{ flexGrow: pending }} />}
            </div>
            <p className="tally-words" aria-hidden="true">
                {shares.map(({ answer, votes }) => (
                    <span key={answer} className={answer === winner ? 'leads' : ''}>
                        <b>{answer}</b> × {votes}
                    </span>
                ))}
                {silent > 0 && <span>{words.silent(silent)}</span>}
                {pending > 0 && !over && <span>{words.stillOut(pending)}</span>}
            </p>
        </div>
    );
}
