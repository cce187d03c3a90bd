import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

export interface MenuItem {
    label: string;
    icon: ReactNode;
    danger?: boolean;
    href?: string;
    act?: () => void;
}

/** A button that opens a menu: arrows go through it, Escape gives the focus back. */
export function Menu({ label, icon, items }: { label: string; icon: ReactNode; items: MenuItem[] }) {
    const [open, setOpen] = useState(false);
    const button = useRef<HTMLButtonElement>(null);
    const list = useRef<HTMLDivElement>(null);
    const id = useId();
    useEffect(() => {
        if (!open) {
            return;
        }
        list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
        const away = (event: PointerEvent) => {
            if (!(event.target instanceof Node) || !list.current?.parentElement?.contains(event.target)) {
                setOpen(false);
            }
        };
        document.addEventListener('pointerdown', away);
        return () => document.removeEventListener('pointerdown', away);
    }, [open]);

    function go(event: KeyboardEvent) {
        const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
        const now = all.indexOf(document.activeElement as HTMLElement);
        const to = { ArrowDown: now + 1, ArrowUp: now - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
        if (to !== undefined) {
            event.preventDefault();
            all[to % all.length]?.focus();
        }
        if (event.key === 'Escape' || event.key === 'Tab') {
            event.stopPropagation();
            setOpen(false);
            button.current?.focus();
        }
    }

    return (
        <div className="menu">
            <button
                ref={button}
                type="button"
                className="quiet icon"
                aria-label={label}
                title={label}
                aria-haspopup="menu"
                aria-expanded={open}
                aria-controls={open ? id : undefined}
                onClick={() => setOpen(!open)}
            >
                {icon}
            </button>
            {open && (
                <div ref={list} id={id} className="menu-list" role="menu" aria-label={label} tabIndex={-1} onKeyDown={go}>
                    {items.map((item) =>
                        item.href === undefined ? (
                            <button
                                key={item.label}
                                type="button"
                                role="menuitem"
                                tabIndex={-1}
                                className={item.danger === true ? 'danger' : ''}
                                onClick={() => {
                                    setOpen(false);
                                    button.current?.focus();
                                    item.act?.();
                                }}
                            >
                                {item.icon}
                                {item.label}
                            </button>
                        ) : (
                            <a
                                key={item.label}
                                role="menuitem"
                                tabIndex={-1}
                                href={item.href}
                                download
                                onClick={() => setOpen(false)}
                            >
                                {item.icon}
                                {item.label}
                            </a>
                        ),
                    )}
                </div>
            )}
        </div>
    );
}
