import { AlertTriangle } from 'lucide-react';
import { inWords, type Problem } from '../api/problem.ts';
import { useWords } from '../words/words.ts';

/** Says what happened and what to do. */
export function Notice({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
    const words = useWords();
    return (
        <div className="notice" role="alert">
            <AlertTriangle aria-hidden="true" />
            <p>{inWords(problem, words)}</p>
            {onRetry !== undefined && (
                <button type="button" onClick={onRetry}>
                    {problem.kind === 'gone' ? words.tryNow : words.tryAgain}
                </button>
            )}
        </div>
    );
}

/** A connection that broke, which is tried again by itself. */
export function Broken() {
    const words = useWords();
    return (
        <div className="notice calm" role="status">
            <AlertTriangle aria-hidden="true" />
            <p>{words.offline}</p>
            <button type="button" onClick={() => window.dispatchEvent(new Event('polymnia:try'))}>
                {words.tryNow}
            </button>
        </div>
    );
}
