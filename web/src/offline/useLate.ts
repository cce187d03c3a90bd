import { useEffect, useState } from 'react';

/** How long nobody minds waiting. A network may swallow what is asked, and not say so for minutes. */
const PATIENCE = 6000;

/** Whether something has been waited for too long. */
export function useLate(waiting: boolean): boolean {
    const [late, setLate] = useState(false);
    useEffect(() => {
        setLate(false);
        if (!waiting) {
            return;
        }
        const timer = setTimeout(() => setLate(true), PATIENCE);
        return () => clearTimeout(timer);
    }, [waiting]);
    return late && waiting;
}
