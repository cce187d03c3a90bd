import { useSyncExternalStore } from 'react';

const MOVED = 'polymnia:moved';

/** Calls back when the address is another one. */
export function subscribe(changed: () => void): () => void {
    window.addEventListener('popstate', changed);
    window.addEventListener('hashchange', changed);
    window.addEventListener(MOVED, changed);
    return () => {
        window.removeEventListener('popstate', changed);
        window.removeEventListener('hashchange', changed);
        window.removeEventListener(MOVED, changed);
    };
}

/** Which conversation the address names; null for a new one. */
export function usePlace(): string | null {
    const path = useSyncExternalStore(subscribe, () => window.location.pathname);
    return /^\/c\/([\w-]+)$/.exec(path)?.[1] ?? null;
}

const INCOGNITO = '/incognito';

/** Whether the address is that of a conversation which leaves nothing. */
export function useIncognito(): boolean {
    return useSyncExternalStore(subscribe, () => window.location.pathname) === INCOGNITO;
}

export function goIncognito(): void {
    move(INCOGNITO);
}

export function go(conversation: string | null): void {
    move(conversation === null ? '/' : `/c/${conversation}`);
}

function move(path: string): void {
    if (path !== window.location.pathname) {
        window.history.pushState(null, '', path);
        window.dispatchEvent(new Event(MOVED));
    }
}

/** Has the address be another one, with no way back to what it was. */
export function put(address: string): void {
    window.history.replaceState(null, '', address);
    window.dispatchEvent(new Event(MOVED));
}

const SHARED = '/shared';

/** The address of what is shared: its secret stands behind the #, so that no log of addresses has it. */
export function sharedAddress(origin: string, secret: string): string {
    return `${origin}${SHARED}#${secret}`;
}

/** Returns the secret of what is shared; empty if the link lost it, null if the address is another one. */
export function sharedSecret({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): string | null {
    return pathname === SHARED ? hash.slice(1) : null;
}

/** Which of what is shared the address names. */
export function useShared(): string | null {
    return useSyncExternalStore(subscribe, () => sharedSecret(window.location));
}

/** The address that lets somebody in; its secret stands there, too. */
export function joinAddress(origin: string, secret: string): string {
    return `${origin}/#join=${secret}`;
}

/** Returns the secret of an invitation; null if the address brings none. */
export function joinSecret({ hash }: Pick<Location, 'hash'>): string | null {
    return /^#join=([\w-]+)$/.exec(hash)?.[1] ?? null;
}

/** The invitation that a link brought. */
export function invitation(): string | null {
    return joinSecret(window.location);
}

export function forgetInvitation(): void {
    window.history.replaceState(null, '', window.location.pathname);
}
