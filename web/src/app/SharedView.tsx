import { useCallback, useEffect, useState } from 'react';
import { server } from '../api/client.ts';
import { asProblem, Problem } from '../api/problem.ts';
import type { Shared } from '../api/types.ts';
import { FileNames } from '../files/FileNames.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';
import { Notice } from './Notice.tsx';
import { useRetry } from './useRetry.ts';

/** What whoever has a link sees of a conversation: it can be read, by anybody, and nothing else. */
export function SharedView({ secret }: { secret: string }) {
    const words = useWords();
    const [read, setRead] = useState<Shared | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const load = useCallback(() => {
        if (secret === '') {
            setProblem(new Problem('not-found', ''));
            return;
        }
        server.shared(secret).then(
            (found) => {
                setRead(found);
                setProblem(null);
            },
            (error: unknown) => setProblem(asProblem(error)),
        );
    }, [secret]);
    useEffect(() => {
        setRead(null);
        setProblem(null);
        load();
    }, [load]);
    useRetry(problem, load);
    const title = read === null || read.title === '' ? words.shared : read.title;
    useEffect(() => {
        document.title = `${title} · ${words.polymnia}`;
    }, [title, words]);

    if (problem !== null) {
        return (
            <main className="alone">
                {problem.kind === 'not-found' ? (
                    <>
                        <h1>{words.shared}</h1>
                        <p className="shared-gone">{words.sharedGone}</p>
                    </>
                ) : (
                    <Notice problem={problem} onRetry={load} />
                )}
            </main>
        );
    }
    return read === null ? null : (
        <main className="shared">
            <div className="talk-column">
                <header>
                    <h1 dir="auto">{title}</h1>
                    <p className="note">{words.sharedWords}</p>
                </header>
                {read.messages.map((message, index) => (
                    <Said key={index} message={message} />
                ))}
            </div>
        </main>
    );
}

function Said({ message: { author, text, files, created } }: { message: Shared['messages'][number] }) {
    const words = useWords();
    const day = new Date(created * 1000).toLocaleDateString(words.locale, { dateStyle: 'long' });
    if (author === 'assistant') {
        return (
            <article className="answer" aria-label={words.polymnia}>
                <h2 className="hidden">{words.polymnia}</h2>
                <Markdown text={text} live={false} />
                <footer className="answer-foot">
                    <CopyButton label={words.copy} text={() => text} />
                </footer>
            </article>
        );
    }
    return (
        <article className="question" aria-label={words.sharedAsked} title={words.sharedOn(day)}>
            <h2 className="hidden">{words.sharedAsked}</h2>
            <FileNames names={files} />
            <p dir="auto">{text}</p>
        </article>
    );
}
