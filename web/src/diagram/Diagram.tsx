import { CodeXml, Workflow } from 'lucide-react';
import { useRef, useState } from 'react';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';
import './diagram.css';
import { useDark } from './useDark.ts';
import { useDrawing } from './useDrawing.ts';
import { useSeen } from './useSeen.ts';

/** What is longer Mermaid does not draw either. */
const MOST = 50_000;

/**
 * A diagram in Mermaid's language. It is drawn in a frame of its own, as Mermaid writes styles and markup into
 * its page, which this page's policy forbids. Until it is drawn, and where it cannot be, its code is shown.
 */
export function Diagram({ code }: { code: string }) {
    const words = useWords();
    const place = useRef<HTMLElement>(null);
    const frame = useRef<HTMLIFrameElement>(null);
    const [asCode, setAsCode] = useState(false);
    const tooLong = code.length > MOST;
    const wanted = useSeen(place) && !tooLong;
    const drawing = useDrawing(frame, wanted, code, useDark());
    const drawn = drawing.state === 'drawn';
    const shown = drawn && !asCode;
    const why = tooLong
        ? words.diagramTooLong(MOST)
        : drawing.state === 'failed'
          ? `${words.diagramFailed} ${drawing.why}`
          : null;
    return (
        <figure ref={place} className="code diagram">
            <figcaption>
                <span>mermaid</span>
                <span className="diagram-tools">
                    {drawn && (
                        <button
                            type="button"
                            className="quiet icon"
                            aria-label={asCode ? words.showDiagram : words.showCode}
                            title={asCode ? words.showDiagram : words.showCode}
                            onClick={() => setAsCode(!asCode)}
                        >
                            {asCode ? <Workflow aria-hidden="true" /> : <CodeXml aria-hidden="true" />}
                        </button>
                    )}
                    <CopyButton label={words.copyCode} text={() => code} />
                </span>
            </figcaption>
            {why !== null && <p className="note diagram-why">{why}</p>}
            {!shown && (
                <pre tabIndex={0} aria-label={words.code}>
                    <code>{code}</code>
                </pre>
            )}
            {wanted && (
                <iframe
                    ref={frame}
                    src="/diagram.html"
                    sandbox="allow-scripts"
                    referrerPolicy="no-referrer"
                    title={words.diagramOf(code.replace(/\s+/g, ' ').trim().slice(0, 80))}
                    data-shown={shown}
                    inert={!shown}
                    style={{ height: shown ? drawing.height : 1 }}
                />
            )}
        </figure>
    );
}
