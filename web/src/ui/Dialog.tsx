import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words/words.ts';

/**
 * A dialog of the browser's own: it holds the focus, gives it back, and ends with Escape. What is marked
 * `data-first` has the focus first.
 */
export function Dialog({
    title,
    kind = 'small',
    onClose,
    children,
    actions,
}: {
    title: string;
    kind?: 'small' | 'wide' | 'palette' | 'settings';
    onClose: () => void;
    children: ReactNode;
    actions?: ReactNode;
}) {
    const words = useWords();
    const dialog = useRef<HTMLDialogElement>(null);
    const id = useId();
    useLayoutEffect(() => {
        const element = dialog.current;
        element?.showModal();
        element?.querySelector<HTMLElement>('[data-first]')?.focus();
        return () => element?.close();
    }, []);
    return (
        <dialog
            ref={dialog}
            className={`dialog ${kind}`}
            aria-labelledby={id}
            onCancel={(event) => {
                // Who chooses no file cancels that alone.
                if (event.target === dialog.current) {
                    event.preventDefault();
                    onClose();
                }
            }}
            onMouseDown={(event) => {
                if (event.target === dialog.current) {
                    onClose();
                }
            }}
        >
            <div className="dialog-body">
                <header className={kind === 'palette' ? 'hidden' : ''}>
                    <h2 id={id}>{title}</h2>
                    {actions}
                    {kind !== 'palette' && (
                        <button type="button" className="quiet icon" aria-label={words.close} onClick={onClose}>
                            <X aria-hidden="true" />
                        </button>
                    )}
                </header>
                {children}
            </div>
        </dialog>
    );
}
