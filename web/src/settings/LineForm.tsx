import type { ReactNode } from 'react';
import type { Problem } from '../api/problem.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';

/** A field and a button beside it that saves what is in it. */
export function LineForm({
    problem,
    ready,
    onSave,
    children,
}: {
    problem: Problem | null;
    /** Whether there is something to save. */
    ready: boolean;
    onSave: () => void;
    children: ReactNode;
}) {
    const words = useWords();
    return (
        <form
            className="part"
            onSubmit={(event) => {
                event.preventDefault();
                onSave();
            }}
        >
            {problem !== null && <Notice problem={problem} />}
            <div className="line">
                {children}
                <button type="submit" disabled={!ready}>
                    {words.save}
                </button>
            </div>
        </form>
    );
}
