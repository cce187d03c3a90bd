import katex from 'katex';
import 'katex/dist/katex.min.css';

/**
 * Draws maths into an element. The page's policy allows no styles in words, which KaTeX writes; so they are
 * set one by one. KaTeX escapes quotes wherever they are no end of an attribute, so the name is found safely.
 */
export function draw(place: HTMLElement, tex: string, display: boolean): void {
    const html = katex.renderToString(tex, {
        displayMode: display,
        throwOnError: false,
        trust: false,
        strict: 'ignore',
        maxExpand: 1000,
        maxSize: 20,
    });
    const template = document.createElement('template');
    template.innerHTML = html.replaceAll(' style="', ' data-style="');
    for (const element of template.content.querySelectorAll<HTMLElement>('[data-style]')) {
        element.style.cssText = element.dataset['style'] ?? '';
        delete element.dataset['style'];
    }
    place.replaceChildren(template.content);
}
