import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useWords } from '../words/words.ts';

/** Opens the browser's own choice of files. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
    const words = useWords();
    const input = useRef<HTMLInputElement>(null);
    return (
        <>
            <button
                type="button"
                className="quiet icon attach"
                aria-label={words.attach}
                title={words.attachWords}
                onClick={() => input.current?.click()}
            >
                <Paperclip aria-hidden="true" />
            </button>
            <input
                ref={input}
                type="file"
                multiple
                hidden
                aria-label={words.attach}
                onChange={({ target }) => {
                    onFiles([...(target.files ?? [])]);
                    // The same one can be chosen once more.
                    target.value = '';
                }}
            />
        </>
    );
}
