import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, type ReactNode, type RefObject } from 'react';
import { server, type Wishes } from '../api/client.ts';
import { asFailure, type Problem } from '../api/problem.ts';
import type { Message } from '../api/types.ts';
import { MessageFiles } from '../files/MessageFiles.tsx';
import type { Attach } from '../files/useAttachments.ts';
import type { Mode } from '../run/events.ts';
import { useWords } from '../words/words.ts';
import { Answer } from './Answer.tsx';
import { Composer } from './Composer.tsx';
import { draftOf } from './kept.ts';
import { tell } from './news.ts';
import { Notice } from './Notice.tsx';
import { Question } from './Question.tsx';
import { pathThrough, type Step } from './tree.ts';
import { useGradually } from './useGradually.ts';
import { useRetry } from './useRetry.ts';
import { useStickyScroll } from './useStickyScroll.ts';
import { useStopKey } from './useStopKey.ts';
import { useTalk } from './useTalk.ts';

/** A conversation, or the place where one begins. */
export function TalkView({
    id,
    field,
    wishes,
    models,
    bare,
    onWish,
    onSaid,
    onTitle,
}: {
    id: string | null;
    field: RefObject<HTMLTextAreaElement | null>;
    wishes: Wishes;
    models: readonly string[];
    /** What to show where no model answers; null if one does. */
    bare: ReactNode;
    onWish: (change: Partial<Wishes>) => void;
    /** For those who do not see it. */
    onSaid: (words: string) => void;
    /** What the conversation is called is known. */
    onTitle: (title: string) => void;
}) {
    const words = useWords();
    const { whole, chosen, problem, choose, reload, say } = useTalk(id);
    const [quote, setQuote] = useState<{ text: string } | null>(null);
    const [failed, setFailed] = useState<Problem | null>(null);
    useEffect(() => setFailed(null), [id]);
    useRetry(problem, reload);
    const path = useMemo(() => pathThrough(whole?.messages ?? [], chosen), [whole, chosen]);
    const drawn = useGradually(whole?.id ?? null, path);
    const last = path.at(-1)?.message;
    const working = last?.state === 'writing';
    const scroll = useStickyScroll(whole === null ? undefined : `${whole.id} ${whole.messages.length}`);

    const stop = useCallback(async () => {
        if (last?.run != null) {
            await server.finish(last.run);
        }
    }, [last?.run]);

    useStopKey(working, () => void stop().catch((error: unknown) => setFailed(asFailure(error))));

    const title = whole?.title ?? '';
    useEffect(() => onTitle(title), [title, onTitle]);

    const over = useCallback(() => {
        onSaid(words.answerReady);
        if (id !== null) {
            tell(id);
        }
    }, [id, onSaid, words]);

    const said = useCallback(
        async (parent: string | null, text: string | null, attach = NO_FILES, change: Partial<Wishes> = {}) => {
            const conversation = await say(parent, text, { ...wishes, ...change }, attach);
            onSaid(words.answerBegun);
            return conversation;
        },
        [say, wishes, onSaid, words],
    );

    const attempt = (doing: Promise<unknown>) => {
        setFailed(null);
        return doing.catch((error: unknown) => setFailed(asFailure(error)));
    };

    const files = whole?.files ?? [];
    const gone = problem !== null && problem.kind === 'not-found';
    return (
        <div className="talk">
            <div className="talk-scroll" ref={scroll}>
                <div className="talk-column">
                    {id === null &&
                        (bare ?? (
                            <Welcome
                                onAsk={(mode, text) => {
                                    onWish({ mode });
                                    return said(null, text, NO_FILES, { mode });
                                }}
                            />
                        ))}
                    {problem !== null &&
                        (gone ? (
                            <p className="note">{words.notThere}</p>
                        ) : (
                            <Notice problem={problem} onRetry={reload} />
                        ))}
                    {drawn.map((step) => {
                        const { message } = step;
                        const versions = <Versions step={step} onChoose={choose} />;
                        return message.author === 'user' ? (
                            <Question
                                key={message.id}
                                message={message}
                                versions={versions}
                                files={
                                    <MessageFiles conversation={whole?.id ?? ''} ids={message.files} known={files} />
                                }
                                busy={working}
                                onAsk={(text) =>
                                    said(message.parent, text, async () =>
                                        files.filter((file) => message.files.includes(file.id)),
                                    )
                                }
                                onQuote={() => setQuote({ text: quoted(message.text) })}
                            />
                        ) : (
                            <Answer
                                key={message.id}
                                conversation={whole?.id ?? ''}
                                message={message}
                                versions={versions}
                                busy={working}
                                onRegenerate={() => attempt(said(message.parent, null))}
                                onMore={(agents) =>
                                    attempt(said(message.parent, null, NO_FILES, { mode: 'contemplating', agents }))
                                }
                                onGoOn={message === last ? () => attempt(said(message.id, words.goOnWords)) : null}
                                onOver={over}
                            />
                        );
                    })}
                    {failed !== null && <Notice problem={failed} />}
                    {id !== null && bare}
                </div>
            </div>
            {!gone && bare === null && (
                <Composer
                    draft={draftOf(id)}
                    field={field}
                    wishes={wishes}
                    models={models}
                    working={working}
                    quote={quote}
                    onQuoted={() => setQuote(null)}
                    onWish={onWish}
                    onSend={async (text, { send }) => draftOf(await said(last?.id ?? null, text, send))}
                    onStop={stop}
                />
            )}
        </div>
    );
}

const NO_FILES: Attach = async () => [];

function quoted(text: string): string {
    return text.replace(/^/gm, '> ');
}

function Versions({
    step: { message, versions },
    onChoose,
}: {
    step: Step;
    onChoose: (parent: string | null, message: string) => void;
}) {
    const words = useWords();
    if (versions.length < 2) {
        return null;
    }
    const index = versions.findIndex((each) => each.id === message.id);
    const step = (to: Message | undefined, label: string, Icon: typeof ChevronLeft) => (
        <button
            type="button"
            className="quiet icon"
            aria-label={label}
            disabled={to === undefined}
            onClick={() => to !== undefined && onChoose(message.parent, to.id)}
        >
            <Icon aria-hidden="true" />
        </button>
    );
    return (
        <span className="versions" role="group" aria-label={words.branchOf(index + 1, versions.length)}>
            {step(versions[index - 1], words.previousBranch, ChevronLeft)}
            <span className="number">
                {index + 1}/{versions.length}
            </span>
            {step(versions[index + 1], words.nextBranch, ChevronRight)}
        </span>
    );
}

function Welcome({ onAsk }: { onAsk: (mode: Mode, text: string) => Promise<unknown> }) {
    const words = useWords();
    const [problem, setProblem] = useState<Problem | null>(null);
    const examples: [Mode, string][] = [
        ['instant', words.exampleInstant],
        ['thinking', words.exampleThinking],
        ['contemplating', words.exampleContemplating],
    ];
    return (
        <div className="welcome">
            <h1>{words.welcome}</h1>
            {problem !== null && <Notice problem={problem} />}
            <ul aria-label={words.examples}>
                {examples.map(([mode, text]) => (
                    <li key={mode}>
                        <button
                            type="button"
                            className="example"
                            onClick={() => {
                                onAsk(mode, text).catch((error: unknown) => setProblem(asFailure(error)));
                            }}
                        >
                            <span className="note">{words[mode]}</span>
                            <span>{text}</span>
                        </button>
                    </li>
                ))}
            </ul>
        </div>
    );
}
