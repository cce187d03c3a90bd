import { useCallback, useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { household } from './household.ts';
import { Part } from './Part.tsx';
import { Switch } from './Switch.tsx';
import { useRead } from './useRead.ts';

const SPANS = ['day', 'week', 'month'] as const;

/** Who generated how many tokens, of those who want that seen; there is one if an owner wants it. */
export function Leaderboard({ person }: { person: Person }) {
    const words = useWords();
    const [per, setPer] = useState<(typeof SPANS)[number]>('week');
    const board = useRead(
        // With the time that it is of, as another may be chosen before it is there.
        useCallback(async () => ({ per, ...(await household.board(per)) }), [per]),
    );
    const read = board.value;
    const isOwner = person.role === 'owner';
    if (board.problem === null && (read === null || (!read.on && !isOwner))) {
        return null;
    }
    return (
        <Part title={words.board.title} note={words.board.note}>
            {board.problem !== null && <Notice problem={board.problem} />}
            {isOwner && read !== null && (
                <Switch label={words.board.on} on={read.on} turn={household.turnBoard} onTurned={board.reload} />
            )}
            {read?.on === true && (
                <>
                    <Switch
                        label={words.board.join}
                        on={read.joined}
                        turn={(on) => household.join(person.id, on)}
                        onTurned={board.reload}
                    />
                    <Choice
                        label={words.usage.span}
                        value={per}
                        options={SPANS.map((each) => [each, words.board.spans[each]])}
                        onChoose={setPer}
                    />
                    {read.per !== per ? null : read.data.length === 0 ? (
                        <p className="note">{words.board.nobody}</p>
                    ) : (
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">{words.board.rank}</th>
                                    <th scope="col">{words.profile.name}</th>
                                    <th scope="col">{words.usage.measures.generated}</th>
                                </tr>
                            </thead>
                            <tbody>
                                {read.data.map(({ rank, name, self, generated }) => (
                                    <tr key={name} aria-current={self ? 'true' : undefined}>
                                        <td>{rank}</td>
                                        <th scope="row" dir="auto">
                                            {name}
                                        </th>
                                        <td>{generated.toLocaleString(words.locale)}</td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    )}
                </>
            )}
        </Part>
    );
}
