import { useState, type ReactNode } from 'react';

/** What is read from the server only if somebody wants to see it. */
export function Folded({ title, children }: { title: ReactNode; children: () => ReactNode }) {
    const [open, setOpen] = useState(false);
    return (
        <details className="folds" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{title}</summary>
            {open && <div className="folds-body">{children()}</div>}
        </details>
    );
}
