import { answer, install, tidy, type Outside, type Shell } from './shell.ts';

/** What TypeScript knows of workers does not go together with what it knows of pages. */
interface Extendable extends Event {
    waitUntil: (work: Promise<unknown>) => void;
}

interface Fetching extends Extendable {
    request: Request;
    respondWith: (response: Promise<Response>) => void;
}

interface Worker {
    /** Which the build writes before this. */
    shell: Shell;
    skipWaiting: () => Promise<void>;
    clients: { claim: () => Promise<void> };
    addEventListener(type: 'install' | 'activate', hear: (event: Extendable) => void): void;
    addEventListener(type: 'fetch', hear: (event: Fetching) => void): void;
}

const worker = self as unknown as Worker;
const { shell } = worker;

/** How long a server may say nothing before the page that was kept is shown. */
const PATIENCE = 6000;

const outside: Outside = {
    caches,
    fetch: (request) => fetch(request),
    patience: () => new Promise((resolve) => setTimeout(resolve, PATIENCE)),
    origin: location.origin,
};

worker.addEventListener('install', (event) => {
    event.waitUntil(install(shell, outside).then(() => worker.skipWaiting()));
});
worker.addEventListener('activate', (event) => {
    event.waitUntil(tidy(shell, outside).then(() => worker.clients.claim()));
});
worker.addEventListener('fetch', (event) => {
    const response = answer(event.request, event.request, shell, outside);
    if (response !== null) {
        event.respondWith(response);
    }
});
