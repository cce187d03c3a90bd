import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';

/** What is shown once, to be copied. */
export function Secret({ label, text }: { label: string; text: string }) {
    const words = useWords();
    return (
        <div className="secret" role="status">
            <div className="copied">
                <input readOnly aria-label={label} value={text} onFocus={(event) => event.target.select()} />
                <CopyButton label={words.copy} text={() => text} />
            </div>
            <p className="note">{words.once}</p>
        </div>
    );
}
