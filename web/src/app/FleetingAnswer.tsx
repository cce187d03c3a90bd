import { ChevronDown, ChevronRight, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Problem } from '../api/problem.ts';
import { Markdown } from '../markdown/Markdown.tsx';
import { LaneDialog } from '../run/LaneDialog.tsx';
import { RunPanel } from '../run/RunPanel.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';
import { factsOf, line, Opened, Thoughts } from './Answer.tsx';
import { Notice } from './Notice.tsx';
import type { Exchange } from './useFleeting.ts';

/** What a run answers that nobody else knows of. */
export function FleetingAnswer({
    exchange: { log, state },
    onAgain,
}: {
    exchange: Exchange;
    /** Asks once more; where there is none, something follows. */
    onAgain?: () => void;
}) {
    const words = useWords();
    const [opened, setOpened] = useState(false);
    const [lane, setLane] = useState<number | null>(null);
    const { view } = log;
    const live = state === 'writing';
    const team = view.mode === 'contemplating';
    const facts = factsOf(view, null);
    return (
        <article className="answer" aria-label={words.polymnia} aria-busy={live}>
            <h2 className="hidden">{words.polymnia}</h2>
            {live && team && <RunPanel view={view} onOpen={setLane} />}
            {!team && <Thoughts view={view} live={live} />}
            {live && !team && view.text === '' && view.lanes.every(({ reasoning }) => reasoning === '') && (
                <p className="note pulse">{view.state === 'waiting' ? words.waiting : words.reading}</p>
            )}
            {view.text !== '' && <Markdown text={view.text} live={live} />}
            {state === 'stopped' && (
                <p className="note">{view.text === '' ? words.stopped : words.incognitoStopped}</p>
            )}
            {state instanceof Problem && (
                <Notice
                    problem={state.kind === 'gone' ? new Problem('refused', words.incognitoBroke) : state}
                    {...(onAgain === undefined ? {} : { onRetry: onAgain })}
                />
            )}
            {view.partial && <p className="note">{words.partial}</p>}
            {!live && (
                <footer className="answer-foot">
                    {view.text !== '' && <CopyButton label={words.copy} text={() => view.text} />}
                    {onAgain !== undefined && !(state instanceof Problem) && (
                        <button
                            type="button"
                            className="quiet icon"
                            aria-label={words.regenerate}
                            title={words.regenerate}
                            onClick={onAgain}
                        >
                            <RotateCcw aria-hidden="true" />
                        </button>
                    )}
                    {facts !== null && (
                        <span className="summary">
                            <button
                                type="button"
                                className="quiet"
                                aria-expanded={opened}
                                onClick={() => setOpened(!opened)}
                            >
                                {line(facts, words)}
                                {opened ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
                            </button>
                        </span>
                    )}
                </footer>
            )}
            {!live && opened && <Opened view={view} problem={null} onOpen={setLane} />}
            {lane !== null && (
                <LaneDialog lanes={view.lanes} agent={lane} onOpen={setLane} onClose={() => setLane(null)} />
            )}
        </article>
    );
}
