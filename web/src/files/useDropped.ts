import { useEffect, useRef, useState } from 'react';

/**
 * Takes files that are dropped anywhere on the page, which a browser would go to otherwise, and returns whether some are
 * held over it.
 */
export function useDropped(drop: (files: readonly File[]) => void): boolean {
    const [over, setOver] = useState(false);
    const act = useRef(drop);
    act.current = drop;
    useEffect(() => {
        // One enters what lies inside before one leaves what is around it.
        let inside = 0;
        const listeners = {
            dragenter: (event: DragEvent) => {
                if (hasFiles(event)) {
                    inside++;
                    setOver(true);
                }
            },
            dragleave: (event: DragEvent) => {
                if (hasFiles(event)) {
                    inside = Math.max(0, inside - 1);
                    setOver(inside > 0);
                }
            },
            dragover: (event: DragEvent) => {
                if (hasFiles(event)) {
                    event.preventDefault();
                }
            },
            drop: (event: DragEvent) => {
                if (hasFiles(event)) {
                    event.preventDefault();
                    inside = 0;
                    setOver(false);
                    act.current([...(event.dataTransfer?.files ?? [])]);
                }
            },
        };
        const all = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][];
        all.forEach(([name, listener]) => window.addEventListener(name, listener));
        return () => {
            all.forEach(([name, listener]) => window.removeEventListener(name, listener));
        };
    }, []);
    return over;
}

function hasFiles(event: DragEvent): boolean {
    return event.dataTransfer?.types.includes('Files') ?? false;
}
