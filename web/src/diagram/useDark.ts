import { useSyncExternalStore } from 'react';

const system = () => window.matchMedia('(prefers-color-scheme: dark)');

function isDark(): boolean {
    const { theme } = document.documentElement.dataset;
    return theme === 'dark' || (theme !== 'light' && system().matches);
}

function subscribe(changed: () => void): () => void {
    const query = system();
    query.addEventListener('change', changed);
    const chosen = new MutationObserver(changed);
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
        query.removeEventListener('change', changed);
        chosen.disconnect();
    };
}

/** Whether the page is dark, by what a person has chosen or their system says. */
export function useDark(): boolean {
    return useSyncExternalStore(subscribe, isDark);
}
