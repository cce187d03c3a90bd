import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Asked } from './asked.ts';
import { readTold } from './told.ts';

/** What became of a diagram. */
export type Drawing = { state: 'waiting' } | { state: 'drawn'; height: number } | { state: 'failed'; why: string };

const WAITING: Drawing = { state: 'waiting' };

/** How long the frame may say nothing. */
const PATIENCE = 30_000;

/** Has a diagram drawn by a frame, as soon as there is one. */
export function useDrawing(frame: RefObject<HTMLIFrameElement | null>, wanted: boolean, code: string, dark: boolean): Drawing {
    const [drawing, setDrawing] = useState<Drawing>(WAITING);
    // How often the frame has begun: it may be loaded again.
    const [begun, setBegun] = useState(0);
    const asked = useRef(0);

    // Before the frame can have said anything.
    useLayoutEffect(() => {
        const hear = ({ source, origin, data }: MessageEvent) => {
            // A frame that may do nothing has no origin of its own.
            if (source === null || source !== frame.current?.contentWindow || origin !== 'null') {
                return;
            }
            const told = readTold(data);
            if (told?.type === 'ready') {
                setBegun((before) => before + 1);
            } else if (told !== null && told.id === asked.current) {
                setDrawing(
                    told.type === 'drawn'
                        ? { state: 'drawn', height: told.height }
                        : { state: 'failed', why: told.why },
                );
            }
        };
        window.addEventListener('message', hear);
        return () => window.removeEventListener('message', hear);
    }, [frame]);

    useEffect(() => {
        if (begun === 0) {
            return;
        }
        asked.current += 1;
        const question: Asked = { type: 'draw', id: asked.current, code, dark };
        // An opaque origin has no name. The page's policy lets nothing into the frame but this server's.
        frame.current?.contentWindow?.postMessage(question, '*');
    }, [frame, begun, code, dark]);

    const waiting = wanted && drawing.state === 'waiting';
    useEffect(() => {
        if (!waiting) {
            return;
        }
        const timer = setTimeout(() => setDrawing({ state: 'failed', why: '' }), PATIENCE);
        return () => clearTimeout(timer);
    }, [waiting]);

    return drawing;
}
