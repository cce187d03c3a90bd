import { useSyncExternalStore } from 'react';

const MOVED = 'polymnia:moved';

function subscribe(changed: () => void): () => void {
    window.addEventListener('popstate', changed);
    window.addEventListener(MOVED, changed);
    return () => {
        window.removeEventListener('popstate', changed);
        window.removeEventListener(MOVED, changed);
    };
}

/** Which conversation the address names; null for a new one. */
export function usePlace(): string | null {
    const path = useSyncExternalStore(subscribe, () => window.location.pathname);
    return /^\/c\/([\w-]+)$/.exec(path)?.[1] ?? null;
}

export function go(conversation: string | null, replace = false): void {
    const path = conversation === null ? '/' : `/c/${conversation}`;
    if (path !== window.location.pathname) {
        window.history[replace ? 'replaceState' : 'pushState'](null, '', path);
        window.dispatchEvent(new Event(MOVED));
    }
}

/** The invitation that a link brought, behind the # so that no log of addresses has it. */
export function invitation(): string | null {
    return /^#join=([\w-]+)$/.exec(window.location.hash)?.[1] ?? null;
}

export function forgetInvitation(): void {
    window.history.replaceState(null, '', window.location.pathname);
}
