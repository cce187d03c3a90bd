import { useId, type ReactNode } from 'react';

/** Some settings that belong together. */
export function Part({ title, note = '', children }: { title: string; note?: string; children?: ReactNode }) {
    const id = useId();
    return (
        <div className="part" role="group" aria-labelledby={id}>
            <h3 id={id}>{title}</h3>
            {note !== '' && <p className="note">{note}</p>}
            {children}
        </div>
    );
}
