import { useEffect, useId, useRef, type ReactNode } from 'react';

/** Some settings that belong together. */
export function Part({ title, note = '', children }: { title: string; note?: string; children?: ReactNode }) {
    const id = useId();
    const part = useRef<HTMLDivElement>(null);
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        const element = part.current;
        if (element === null) {
            return;
        }
        let focused: EventTarget | null = null;
        const follow = (event: FocusEvent) => {
            focused = event.target;
        };
        // Who was on what vanished goes on from here, not from the beginning of the page.
        const observer = new MutationObserver(() => {
            if (focused instanceof Node && !focused.isConnected) {
                focused = null;
                if (document.activeElement === null || document.activeElement.contains(element)) {
                    heading.current?.focus({ preventScroll: true });
                }
            }
        });
        element.addEventListener('focusin', follow);
        observer.observe(element, { childList: true, subtree: true });
        return () => {
            element.removeEventListener('focusin', follow);
            observer.disconnect();
        };
    }, []);
    return (
        <div ref={part} className="part" role="group" aria-labelledby={id}>
            <h3 ref={heading} id={id} tabIndex={-1}>
                {title}
            </h3>
            {note !== '' && <p className="note">{note}</p>}
            {children}
        </div>
    );
}
