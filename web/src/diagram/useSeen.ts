import { useEffect, useState, type RefObject } from 'react';

/** Whether an element has come near to what is seen. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
    const [seen, setSeen] = useState(false);
    useEffect(() => {
        if (seen || element.current === null) {
            return;
        }
        const near = new IntersectionObserver(
            (entries) => {
                if (entries.some((entry) => entry.isIntersecting)) {
                    setSeen(true);
                }
            },
            { rootMargin: '600px 0px' },
        );
        near.observe(element.current);
        return () => near.disconnect();
    }, [element, seen]);
    return seen;
}
