import { useEffect, useRef, useState } from 'react';

/** Maths, as its source until KaTeX is loaded. */
export function Maths({ tex, display }: { tex: string; display: boolean }) {
    const place = useRef<HTMLSpanElement>(null);
    const [shown, setShown] = useState(false);
    useEffect(() => {
        let wanted = true;
        import('./katex.ts')
            .then(({ draw }) => {
                if (wanted && place.current !== null) {
                    draw(place.current, tex, display);
                    setShown(true);
                }
            })
            .catch(() => {
                // The source stays.
            });
        return () => {
            wanted = false;
        };
    }, [tex, display]);
    return (
        <span className={display ? 'maths display' : 'maths'}>
            {!shown && <code>{tex}</code>}
            <span ref={place} />
        </span>
    );
}
