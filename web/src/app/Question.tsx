import { Pencil, Quote } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { asFailure, type Problem } from '../api/problem.ts';
import type { Message } from '../api/types.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';
import { Notice } from './Notice.tsx';

/** What somebody said; edited, it is said anew beside itself. */
export function Question({
    message,
    versions,
    files,
    busy,
    onAsk,
    onQuote,
}: {
    message: Message;
    versions: ReactNode;
    /** What it was said with, which stays when it is edited. */
    files: ReactNode;
    busy: boolean;
    onAsk: (text: string) => Promise<unknown>;
    onQuote: () => void;
}) {
    const words = useWords();
    const [edited, setEdited] = useState<string | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    if (edited === null) {
        return (
            <article className="question" aria-label={words.you}>
                <h2 className="hidden">{words.you}</h2>
                {files}
                <p dir="auto">{message.text}</p>
                <footer>
                    {versions}
                    <CopyButton label={words.copy} text={() => message.text} />
                    <button type="button" className="quiet icon" aria-label={words.quote} title={words.quote} onClick={onQuote}>
                        <Quote aria-hidden="true" />
                    </button>
                    <button
                        type="button"
                        className="quiet icon"
                        aria-label={words.edit}
                        title={words.edit}
                        disabled={busy}
                        onClick={() => {
                            setProblem(null);
                            setEdited(message.text);
                        }}
                    >
                        <Pencil aria-hidden="true" />
                    </button>
                </footer>
            </article>
        );
    }
    return (
        <form
            className="question edited"
            aria-label={words.edit}
            onSubmit={(event) => {
                event.preventDefault();
                onAsk(edited).then(
                    () => setEdited(null),
                    (error: unknown) => setProblem(asFailure(error)),
                );
            }}
        >
            {problem !== null && <Notice problem={problem} />}
            {files}
            <textarea
                autoFocus
                aria-label={words.message}
                rows={Math.min(12, edited.split('\n').length + 1)}
                value={edited}
                onChange={(event) => setEdited(event.target.value)}
                onKeyDown={(event) => {
                    if (event.key === 'Escape') {
                        event.stopPropagation();
                        setEdited(null);
                    }
                }}
            />
            <div className="actions">
                <button type="button" onClick={() => setEdited(null)}>
                    {words.cancel}
                </button>
                <button type="submit" className="main" disabled={edited.trim() === '' || busy}>
                    {words.askAgain}
                </button>
            </div>
        </form>
    );
}
