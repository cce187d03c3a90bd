/** What the page asks of the frame: to draw a diagram. */
export interface Asked {
    type: 'draw';
    /** By which the frame's answer is known. */
    id: number;
    code: string;
    dark: boolean;
}

/** Returns what a message asks for; null if it is none of the page's. */
export function readAsked(data: unknown): Asked | null {
    if (typeof data !== 'object' || data === null) {
        return null;
    }
    const { type, id, code, dark } = data as Record<string, unknown>;
    return type === 'draw' && typeof id === 'number' && typeof code === 'string' && typeof dark === 'boolean'
        ? { type, id, code, dark }
        : null;
}
