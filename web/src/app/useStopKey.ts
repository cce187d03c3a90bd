import { useEffect, useRef } from 'react';

/** Has Ctrl and the full stop end what is at work. */
export function useStopKey(working: boolean, stop: () => void): void {
    const act = useRef(stop);
    act.current = stop;
    useEffect(() => {
        if (!working) {
            return;
        }
        const pressed = (event: KeyboardEvent) => {
            if (event.key === '.' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                act.current();
            }
        };
        window.addEventListener('keydown', pressed);
        return () => window.removeEventListener('keydown', pressed);
    }, [working]);
}
