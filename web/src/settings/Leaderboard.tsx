import { useCallback, useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { household } from './household.ts';
import { Part } from './Part.tsx';
import { useAct } from './useAct.ts';
import { useRead } from './useRead.ts';

const SPANS = ['day', 'week', 'month'] as const;

/** Who generated how many tokens, of those who want that seen; there is one if an owner wants it. */
export function Leaderboard({ person }: { person: Person }) {
    const words = useWords();
    const [per, setPer] = useState<(typeof SPANS)[number]>('week');
    const board = useRead(useCallback(() => household.board(per), [per]));
    const { problem, act } = useAct();
    const wrong = problem ?? board.problem;
    const read = board.value;
    const isOwner = person.role === 'owner';
    if (wrong === null && (read === null || (!read.on && !isOwner))) {
        return null;
    }
    return (
        <Part title={words.board.title} note={words.board.note}>
            {wrong !== null && <Notice problem={wrong} />}
            {isOwner && read !== null && (
                <label className="check">
                    <input
                        type="checkbox"
                        checked={read.on}
                        onChange={(event) => {
                            const on = event.target.checked;
                            act(() => household.turnBoard(on), board.reload);
                        }}
                    />
                    {words.board.on}
                </label>
            )}
            {read?.on === true && (
                <>
                    <label className="check">
                        <input
                            type="checkbox"
                            checked={read.joined}
                            onChange={(event) => {
                                const on = event.target.checked;
                                act(() => household.join(person.id, on), board.reload);
                            }}
                        />
                        {words.board.join}
                    </label>
                    <Choice
                        label={words.usage.span}
                        value={per}
                        options={SPANS.map((each) => [each, words.board.spans[each]])}
                        onChoose={setPer}
                    />
                    {read.data.length === 0 ? (
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
