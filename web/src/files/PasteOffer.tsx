import { useWords } from '../words/words.ts';

/** Asks what to do with a text that is too long to be read in the box. */
export function PasteOffer({
    text,
    onFile,
    onText,
    onForget,
}: {
    text: string;
    onFile: () => void;
    onText: () => void;
    onForget: () => void;
}) {
    const words = useWords();
    return (
        <div
            className="notice calm"
            role="group"
            aria-label={words.longPaste(text.length)}
            onKeyDown={(event) => {
                if (event.key === 'Escape') {
                    event.stopPropagation();
                    onForget();
                }
            }}
        >
            <p>{words.longPaste(text.length)}</p>
            <button type="button" autoFocus onClick={onFile}>
                {words.pasteAsFile}
            </button>
            <button type="button" onClick={onText}>
                {words.pasteAsText}
            </button>
        </div>
    );
}
