import { Check, Copy, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../words/words.ts';

/** Copies, and says that it did. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
    const words = useWords();
    const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
    useEffect(() => {
        if (state === 'ready') {
            return;
        }
        const timer = setTimeout(() => setState('ready'), 2000);
        return () => clearTimeout(timer);
    }, [state]);
    const said = { ready: label, copied: words.copied, failed: words.copyFailed }[state];
    const Icon = { ready: Copy, copied: Check, failed: X }[state];
    return (
        <button
            type="button"
            className="quiet icon"
            title={said}
            aria-label={said}
            onClick={() => {
                copy(text()).then(
                    () => setState('copied'),
                    () => setState('failed'),
                );
            }}
        >
            <Icon aria-hidden="true" />
        </button>
    );
}

/** Pages that came over plain HTTP have no clipboard but the old command. */
async function copy(text: string): Promise<void> {
    if (navigator.clipboard !== undefined) {
        await navigator.clipboard.writeText(text);
        return;
    }
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'hidden';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) {
        throw new Error('The browser does not copy.');
    }
}
