/** What the other tabs of this browser are told: that there is news of conversations. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('polymnia');

const here = new EventTarget();

/** Says that something has changed, here and in the other tabs. */
export function tell(conversation: string): void {
    here.dispatchEvent(new CustomEvent('news', { detail: conversation }));
    channel?.postMessage(conversation);
}

/** Calls back with the name of a conversation whenever there is news of it. */
export function listen(heard: (conversation: string) => void): () => void {
    const own = (event: Event) => heard((event as CustomEvent<string>).detail);
    const others = (event: MessageEvent) => {
        if (typeof event.data === 'string') {
            heard(event.data);
        }
    };
    here.addEventListener('news', own);
    channel?.addEventListener('message', others);
    return () => {
        here.removeEventListener('news', own);
        channel?.removeEventListener('message', others);
    };
}
