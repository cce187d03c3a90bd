import { CloudOff } from 'lucide-react';
import { useWords } from '../words/words.ts';
import './offline.css';

/** The page without its server: what happened, and what to do. It goes on by itself. */
export function Offline({ onRetry }: { onRetry: () => void }) {
    const words = useWords();
    return (
        <main className="alone">
            <div className="offline" role="alert">
                <CloudOff aria-hidden="true" />
                <h1>{words.offlineTitle}</h1>
                <p>{words.offlineWords}</p>
                <button type="button" onClick={onRetry}>
                    {words.tryNow}
                </button>
            </div>
        </main>
    );
}
