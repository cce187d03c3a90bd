import mermaid from 'mermaid';
import { readAsked, type Asked } from './asked.ts';
import type { Told } from './told.ts';

/*
 * What the frame runs in which diagrams are drawn. Its origin is nobody's and its policy lets nothing out, so
 * whatever Mermaid would make of a text stays here: the page hears a height, or why there is no diagram.
 */

const place = document.getElementById('place') as HTMLElement;
// The frame's own origin is opaque; its address is the server's, as the page's is.
const page = window.location.origin;
let shown: number | null = null;
let work = Promise.resolve();

function tell(told: Told): void {
    window.parent.postMessage(told, page);
}

/** The colours of styles.css, as Mermaid takes none but plain ones. */
const COLOURS = {
    light: {
        background: '#fbfbf9',
        primaryColor: '#e0efec',
        primaryTextColor: '#1d2120',
        primaryBorderColor: '#17605a',
        secondaryColor: '#f1f1ed',
        tertiaryColor: '#ffffff',
        lineColor: '#5a615f',
    },
    dark: {
        background: '#161817',
        primaryColor: '#1c3431',
        primaryTextColor: '#e6e8e5',
        primaryBorderColor: '#6cc4b8',
        secondaryColor: '#1e2120',
        tertiaryColor: '#111312',
        lineColor: '#a3aaa7',
    },
};

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

async function draw({ id, code, dark }: Asked): Promise<void> {
    // As the frame's element has it; else a browser puts white behind it.
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
    mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        suppressErrorRendering: true,
        logLevel: 'fatal',
        theme: 'base',
        themeVariables: { ...COLOURS[dark ? 'dark' : 'light'], darkMode: dark, fontFamily: FONT },
        fontFamily: FONT,
    });
    try {
        const { svg } = await mermaid.render(`diagram-${id}`, code);
        place.innerHTML = svg;
        withoutLinks(place);
        shown = id;
        measure();
    } catch (error) {
        place.replaceChildren();
        shown = null;
        tell({ type: 'failed', id, why: error instanceof Error ? error.message : String(error) });
    }
}

/** A link would put another page into the frame. */
function withoutLinks(element: HTMLElement): void {
    for (const link of element.querySelectorAll('a')) {
        for (const name of ['href', 'xlink:href', 'target']) {
            link.removeAttribute(name);
        }
    }
}

function measure(): void {
    const drawn = place.querySelector('svg');
    if (shown === null || drawn === null || window.innerWidth === 0) {
        return;
    }
    drawn.style.display = 'block';
    drawn.style.marginInline = 'auto';
    tell({ type: 'drawn', id: shown, height: drawn.getBoundingClientRect().height });
}

window.addEventListener('resize', measure);
window.addEventListener('message', (event) => {
    const asked = event.source === window.parent && event.origin === page ? readAsked(event.data) : null;
    if (asked !== null) {
        work = work.then(() => draw(asked));
    }
});
tell({ type: 'ready' });
