import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import { useWords } from '../words/words.ts';
import { titleOf } from './Lanes.tsx';
import type { Lane } from './reducer.ts';

/** Longer texts than this, both together in characters, are shown without their differences: finding them would hold the page up. */
const MOST = 20_000;

/** What two agents said, side by side; what only one said is marked. */
export default function Compared({ left, right }: { left: Lane; right: Lane }) {
    const words = useWords();
    const [one, other] = [said(left), said(right)];
    const parts = useMemo(
        () => (one.length + other.length > MOST ? null : diffWordsWithSpace(one, other)),
        [one, other],
    );
    const column = (lane: Lane, all: string, mine: 'removed' | 'added', theirs: 'removed' | 'added') => (
        <section aria-label={titleOf(lane, words)}>
            <h3>
                {titleOf(lane, words)} · {lane.answer ?? words.noAnswer}
            </h3>
            <p dir="auto">
                {parts === null
                    ? all
                    : parts
                          .filter((part) => !part[theirs])
                          .map((part, index) =>
                              part[mine] ? <mark key={index}>{part.value}</mark> : <span key={index}>{part.value}</span>,
                          )}
            </p>
        </section>
    );
    return (
        <div className="compared">
            {column(left, one, 'removed', 'added')}
            {column(right, other, 'added', 'removed')}
        </div>
    );
}

function said(lane: Lane): string {
    return [lane.reasoning.trim(), lane.text.trim()].filter((part) => part !== '').join('\n\n');
}
