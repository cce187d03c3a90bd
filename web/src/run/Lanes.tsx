import { ChevronRight, Maximize2 } from 'lucide-react';
import { memo } from 'react';
import { useWords, type Words } from '../words/words.ts';
import { tokensSoFar } from './groups.ts';
import type { Lane } from './reducer.ts';

/** How much of its last words a lane that is at work shows. */
const TAIL = 420;

export function titleOf(lane: Lane, words: Words): string {
    return lane.approach === '' || lane.approach === 'words'
        ? words.agent(lane.agent + 1)
        : `${words.agent(lane.agent + 1)} · ${lane.approach}`;
}

/** An agent at work: its last words as they come. */
export const LiveLane = memo(
    function LiveLane({ lane, at, onOpen }: { lane: Lane; at: number; onOpen: (agent: number) => void }) {
        const words = useWords();
        const { tokens, guessed } = tokensSoFar(lane);
        const said = lane.text === '' ? lane.reasoning : lane.text;
        return (
            <article className="lane" data-state={lane.state}>
                <header>
                    <h3>{titleOf(lane, words)}</h3>
                    <span className="note">{words.states[lane.state]}</span>
                    <button
                        type="button"
                        className="quiet icon"
                        aria-label={words.openLane(lane.agent + 1)}
                        title={words.openLane(lane.agent + 1)}
                        onClick={() => onOpen(lane.agent)}
                    >
                        <Maximize2 aria-hidden="true" />
                    </button>
                </header>
                <div className="lane-words" dir="auto">
                    <p>{said.length > TAIL ? `…${said.slice(-TAIL)}` : said}</p>
                </div>
                <footer className="number">
                    <span>{guessed ? words.aboutTokens(tokens) : words.tokensOf(tokens)}</span>
                    <span>{words.secondsOf(Math.max(0, at - lane.begun))}</span>
                </footer>
            </article>
        );
    },
    (before, after) =>
        before.lane === after.lane && before.onOpen === after.onOpen && Math.floor(before.at * 2) === Math.floor(after.at * 2),
);

/** An agent that has ended, in a line that opens. */
export const LaneRow = memo(function LaneRow({ lane, onOpen }: { lane: Lane; onOpen: (agent: number) => void }) {
    const words = useWords();
    const cut = lane.reason !== null && lane.reason !== 'end' && lane.reason !== 'stop_string';
    return (
        <button type="button" className="lane-row" onClick={() => onOpen(lane.agent)}>
            <span>{titleOf(lane, words)}</span>
            <span className="lane-note" dir="auto">
                {cut ? (words.reasons[lane.reason ?? ''] ?? lane.reason) : lastLine(lane)}
            </span>
            <span className="number">
                {lane.confidence !== null && <span>{words.confidence(lane.confidence)}</span>}
                {lane.tokens !== null && <span>{words.tokensOf(lane.tokens)}</span>}
                {lane.ended !== null && <span>{words.secondsOf(lane.ended - lane.begun)}</span>}
            </span>
            <ChevronRight aria-hidden="true" />
            <span className="hidden">{words.openLane(lane.agent + 1)}</span>
        </button>
    );
});

/** What an agent said before its answer, as a reminder of how it got there. */
function lastLine(lane: Lane): string {
    const lines = `${lane.reasoning}\n${lane.text}`
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && line !== lane.answer && !/^answer\s*:/i.test(line));
    return (lines.at(-1) ?? '').split(/(?<=[.!?])\s+/).at(-1) ?? '';
}
