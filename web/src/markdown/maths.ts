/** What is code, where nothing is maths: fences, then spans. */
const CODE = /^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2[`~]*\s*$|$(?![\s\S]))|(`+)(?!`)[\s\S]*?[^`]\3(?!`)/gm;

/**
 * Returns Markdown in which all maths stands between two dollar signs on each side. A single dollar sign
 * is mostly money; it begins maths where Pandoc says so: with something other than a space right behind
 * it, and ended on the same line by one with no space before and no digit behind it.
 */
export function withMaths(source: string): string {
    if (!source.includes('$') && !source.includes('\\(') && !source.includes('\\[')) {
        return source;
    }
    let out = '';
    let from = 0;
    for (const code of source.matchAll(CODE)) {
        out += inWords(source.slice(from, code.index)) + code[0];
        from = code.index + code[0].length;
    }
    return out + inWords(source.slice(from));
}

function inWords(text: string): string {
    return text
        .replace(/\\\[([\s\S]+?)\\\]/g, (_, tex: string) => `\n$$\n${tex.trim()}\n$$\n`)
        .replace(/\\\((.+?)\\\)/g, (_, tex: string) => `$$${tex}$$`)
        .replace(
            /(?<![\\$])\$(?![\s$])((?:\\.|[^$\\\n])*?[^\s$\\])\$(?![\d$])/g,
            (_, tex: string) => `$$${tex}$$`,
        );
}
