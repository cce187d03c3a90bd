import { useEffect, useState, type ReactNode } from 'react';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';

/** Code with its language; in colours as soon as it is whole and they are loaded. */
export function CodeBlock({ code, language, live }: { code: string; language: string; live: boolean }) {
    const words = useWords();
    const [coloured, setColoured] = useState<{ code: string; nodes: ReactNode } | null>(null);
    useEffect(() => {
        if (live || language === '') {
            return;
        }
        let wanted = true;
        import('./highlight.tsx')
            .then(({ highlight }) => {
                const nodes = highlight(code, language);
                if (wanted && nodes !== null) {
                    setColoured({ code, nodes });
                }
            })
            .catch(() => {
                // Without colours it reads as well.
            });
        return () => {
            wanted = false;
        };
    }, [code, language, live]);
    return (
        <figure className="code">
            <figcaption>
                <span>{language === '' ? words.code : language}</span>
                <CopyButton label={words.copyCode} text={() => code} />
            </figcaption>
            <pre tabIndex={0} aria-label={words.code}>
                <code>{coloured?.code === code ? coloured.nodes : code}</code>
            </pre>
        </figure>
    );
}
