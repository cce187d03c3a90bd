import { ChevronDown, ChevronRight, RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { server } from '../api/client.ts';
import { asProblem, inWords, Problem } from '../api/problem.ts';
import type { Message, Run } from '../api/types.ts';
import { Markdown } from '../markdown/Markdown.tsx';
import { sum } from '../run/groups.ts';
import { LedgerTable } from '../run/LedgerTable.tsx';
import type { Ledger, Mode } from '../run/events.ts';
import { LaneDialog } from '../run/LaneDialog.tsx';
import { AgainWithMore, MoreAgents } from '../run/MoreAgents.tsx';
import { RunPanel } from '../run/RunPanel.tsx';
import { isOver, type RunView } from '../run/reducer.ts';
import { useRun } from '../run/useRun.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords, type Words } from '../words/words.ts';
import { Broken, Notice } from './Notice.tsx';
import { Rating } from './Rating.tsx';

/** What a run answers: while it is at work as it comes, afterwards as it was kept. */
export function Answer({
    conversation,
    message,
    versions,
    busy,
    onRegenerate,
    onMore,
    onGoOn,
    onOver,
}: {
    conversation: string;
    message: Message;
    versions: ReactNode;
    busy: boolean;
    onRegenerate: () => void;
    /** Has it answered once more, by a team of so many. */
    onMore: (agents: number) => Promise<unknown>;
    /** Asks for the rest of it; null where something follows. */
    onGoOn: (() => void) | null;
    onOver: () => void;
}) {
    const words = useWords();
    const writing = message.state === 'writing';
    const [opened, setOpened] = useState(false);
    const [lane, setLane] = useState<number | null>(null);
    // Who saw it come, or has opened it, keeps what they saw.
    const [saw, setSaw] = useState(writing);
    useEffect(() => setSaw((before) => before || writing || opened), [writing, opened]);
    const { log, connected, problem } = useRun(message.run, saw);
    const [read, setRead] = useState<Run | Problem | null>(null);
    const kept = read instanceof Problem ? null : read;
    const { view } = log;
    const over = isOver(view);
    const told = useRef(false);
    useEffect(() => {
        if (writing && over && !told.current) {
            told.current = true;
            onOver();
        }
    }, [writing, over, onOver]);

    const live = writing && !over;
    const text = writing ? view.text : message.text;
    const team = view.mode === 'contemplating';
    const about = (
        <>
            {message.memories.length > 0 && <span className="note">{words.remembered(message.memories.length)}</span>}
            {message.run !== null && (
                <Summary
                    run={message.run}
                    view={view}
                    read={read}
                    opened={opened}
                    onRead={setRead}
                    onOpen={() => setOpened(!opened)}
                />
            )}
        </>
    );
    return (
        <article className="answer" aria-label={words.polymnia} aria-busy={live}>
            <h2 className="hidden">{words.polymnia}</h2>
            {live && !connected && <Broken />}
            {live && team && (
                <RunPanel
                    view={view}
                    more={message.run !== null && <MoreAgents run={message.run} view={view} />}
                    onOpen={setLane}
                />
            )}
            {!team && <Thoughts view={view} live={live} />}
            {live && !team && text === '' && view.lanes.every((lane) => lane.reasoning === '') && (
                <p className="note pulse">{view.state === 'waiting' ? words.waiting : words.reading}</p>
            )}
            {view.state === 'suspended' && <p className="note">{words.toolsWanted}</p>}
            {text !== '' && <Markdown text={text} live={live} />}
            {problem !== null && live && <Notice problem={problem} onRetry={() => window.location.reload()} />}
            {(message.state === 'failed' || view.state === 'failed') && (
                <Failure fault={view.fault ?? kept?.fault ?? null} busy={busy} onRegenerate={onRegenerate} />
            )}
            {(view.partial || kept?.outcome?.partial === true) && (
                <Partial onGoOn={(view.mode ?? kept?.mode) === 'contemplating' ? null : onGoOn} busy={busy} />
            )}
            {!live && (
                <footer className="answer-foot">
                    {versions}
                    {text !== '' && <CopyButton label={words.copy} text={() => text} />}
                    <button
                        type="button"
                        className="quiet icon"
                        aria-label={words.regenerate}
                        title={words.regenerate}
                        disabled={busy}
                        onClick={onRegenerate}
                    >
                        <RotateCcw aria-hidden="true" />
                    </button>
                    {message.state === 'whole' ? (
                        <Rating conversation={conversation} message={message}>
                            {about}
                        </Rating>
                    ) : (
                        about
                    )}
                </footer>
            )}
            {!live && opened && (
                <Opened
                    view={view}
                    problem={problem}
                    more={!busy && <AgainWithMore view={view} onAgain={onMore} />}
                    onOpen={setLane}
                />
            )}
            {lane !== null && (
                <LaneDialog lanes={view.lanes} agent={lane} onOpen={setLane} onClose={() => setLane(null)} />
            )}
        </article>
    );
}

/** How an answer came about, when somebody wants to know. */
export function Opened({
    view,
    problem,
    more = null,
    onOpen,
}: {
    view: RunView;
    problem: Problem | null;
    more?: ReactNode;
    onOpen: (agent: number) => void;
}) {
    const words = useWords();
    if (problem !== null) {
        return <p className="note">{problem.kind === 'not-found' ? words.runGone : inWords(problem, words)}</p>;
    }
    if (view.mode === 'contemplating') {
        return <RunPanel view={view} more={more} onOpen={onOpen} />;
    }
    return view.ledger === null ? (
        <p className="note">…</p>
    ) : (
        <section className="run" aria-label={words.runView}>
            <LedgerTable ledger={view.ledger} seed={view.seed} />
        </section>
    );
}

/** The thoughts of a lone agent, which who wants to reads. */
export function Thoughts({ view, live }: { view: RunView; live: boolean }) {
    const words = useWords();
    const lane = view.lanes.find((each) => each.reasoning !== '');
    if (lane === undefined) {
        return null;
    }
    const reasoned = view.ledger?.agents.find((each) => each.agent === lane.agent)?.reasoning_tokens;
    const thinking = live && lane.state === 'thinking';
    const seconds = words.secondsOf((lane.thought ?? view.at) - lane.begun);
    const label = thinking
        ? `${words.thinkingNow} ${seconds}`
        : `${words.thought(seconds)}${reasoned === undefined ? '' : ` · ${words.tokensOf(reasoned)}`}`;
    return (
        <details>
            <summary>{label}</summary>
            <div className="thoughts">
                <Markdown text={lane.reasoning} live={thinking} />
            </div>
        </details>
    );
}

/** Says that an answer is not all of it. A team's is the best that there was, which cannot be written on. */
function Partial({ onGoOn, busy }: { onGoOn: (() => void) | null; busy: boolean }) {
    const words = useWords();
    return (
        <p className="note partial">
            {words.partial}
            {onGoOn !== null && (
                <button type="button" title={words.goOnTitle} disabled={busy} onClick={onGoOn}>
                    {words.goOn}
                </button>
            )}
        </p>
    );
}

function Failure({
    fault,
    busy,
    onRegenerate,
}: {
    fault: RunView['fault'];
    busy: boolean;
    onRegenerate: () => void;
}) {
    const words = useWords();
    const why = fault?.code === 'cancelled' ? words.stopped : `${words.failed} ${fault?.message ?? ''}`;
    return (
        <div className="notice" role="alert">
            <p>{why}</p>
            <button type="button" disabled={busy} onClick={onRegenerate}>
                {words.tryAgain}
            </button>
        </div>
    );
}

interface Facts {
    mode: Mode;
    answer: string | null;
    ledger: Ledger;
}

/** One quiet line that says what an answer cost, and opens to all of it. */
function Summary({
    run,
    view,
    read,
    opened,
    onRead,
    onOpen,
}: {
    run: string;
    view: RunView;
    read: Run | Problem | null;
    opened: boolean;
    onRead: (read: Run | Problem) => void;
    onOpen: () => void;
}) {
    const words = useWords();
    const place = useRef<HTMLSpanElement>(null);
    const known = view.ledger !== null;
    useEffect(() => {
        if (known || read !== null || place.current === null) {
            return;
        }
        // A long conversation has many; those that are seen are asked for.
        const seen = new IntersectionObserver((entries) => {
            if (entries.some((entry) => entry.isIntersecting)) {
                seen.disconnect();
                server.run(run).then(onRead, (error: unknown) => onRead(asProblem(error)));
            }
        });
        seen.observe(place.current);
        return () => seen.disconnect();
    }, [run, known, read, onRead]);
    const facts = factsOf(view, read);
    return (
        <span ref={place} className="summary">
            {facts !== null && (
                <button type="button" className="quiet" aria-expanded={opened} onClick={onOpen}>
                    {line(facts, words)}
                    {opened ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
                </button>
            )}
        </span>
    );
}

export function factsOf(view: RunView, read: Run | Problem | null): Facts | null {
    if (view.ledger !== null && view.mode !== null) {
        return { mode: view.mode, answer: view.answer, ledger: view.ledger };
    }
    if (read === null || read instanceof Problem || read.ledger === undefined) {
        return null;
    }
    return { mode: read.mode, answer: read.outcome?.answer ?? null, ledger: read.ledger };
}

export function line({ mode, answer, ledger }: Facts, words: Words): string {
    const { agents, agreed, seconds, tokens } = sum(ledger, answer);
    const team = mode === 'contemplating';
    return [
        ...(team && answer !== null ? [words.agreed(agreed, agents)] : []),
        ...(team && answer === null ? [words.agentsOf(agents)] : []),
        ...(team ? [] : [words[mode]]),
        words.secondsOf(seconds),
        words.tokensOf(tokens),
    ].join(' · ');
}
