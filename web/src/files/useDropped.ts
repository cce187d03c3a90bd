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
                if (hasFiles(event) && !isInFront(event)) {
                    inside++;
                    setOver(true);
                }
            },
            dragleave: (event: DragEvent) => {
                if (hasFiles(event) && !isInFront(event)) {
                    inside = Math.max(0, inside - 1);
                    setOver(inside > 0);
                }
            },
            dragover: (event: DragEvent) => {
                if (hasFiles(event)) {
                    event.preventDefault();
                    if (isInFront(event) && event.dataTransfer !== null) {
                        event.dataTransfer.dropEffect = 'none';
                    }
                }
            },
            drop: (event: DragEvent) => {
                if (hasFiles(event)) {
                    event.preventDefault();
                    inside = 0;
                    setOver(false);
                    if (!isInFront(event)) {
                        act.current([...(event.dataTransfer?.files ?? [])]);
                    }
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

/** Whether files are held over the page. What is held over a field for files is the field's. */
function hasFiles(event: DragEvent): boolean {
    return (event.dataTransfer?.types.includes('Files') ?? false) && !isOver(event, 'input[type=file]');
}

/** Whether it is over a dialog, which has nothing to do with what is written behind it. */
function isInFront(event: DragEvent): boolean {
    return isOver(event, 'dialog');
}

function isOver({ target }: DragEvent, what: string): boolean {
    return target instanceof Element && target.closest(what) !== null;
}
