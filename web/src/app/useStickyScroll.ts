import { useEffect, useRef, type RefObject } from 'react';

const NEAR = 80;

/**
 * Stays at the end while it grows, unless somebody has scrolled away from there.
 *
 * @param said is another one when something was said, which everybody is to see; not when other versions are chosen
 */
export function useStickyScroll(said: string | undefined): RefObject<HTMLDivElement | null> {
    const place = useRef<HTMLDivElement>(null);
    const stuck = useRef(true);
    useEffect(() => {
        const element = place.current;
        const column = element?.firstElementChild;
        if (element == null || column == null) {
            return;
        }
        let top = element.scrollTop;
        const scrolled = () => {
            const left = element.scrollHeight - element.scrollTop - element.clientHeight;
            // Who goes up wants to, however little it was.
            stuck.current = left < (element.scrollTop < top ? 2 : NEAR);
            top = element.scrollTop;
        };
        const grown = new ResizeObserver(() => {
            if (stuck.current) {
                element.scrollTop = element.scrollHeight;
                // Where it got shorter nobody went up.
                top = element.scrollTop;
            }
        });
        element.addEventListener('scroll', scrolled, { passive: true });
        grown.observe(column);
        return () => {
            element.removeEventListener('scroll', scrolled);
            grown.disconnect();
        };
    }, []);
    useEffect(() => {
        stuck.current = true;
        const element = place.current;
        if (element !== null) {
            element.scrollTop = element.scrollHeight;
        }
    }, [said]);
    return place;
}
