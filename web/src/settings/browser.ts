/** Those that say they are others as well come first. */
const BROWSERS: [RegExp, string][] = [
    [/\bEdgA?\//, 'Edge'],
    [/\bOPR\//, 'Opera'],
    [/\b(Firefox|FxiOS)\//, 'Firefox'],
    [/\b(HeadlessChrome|Chromium)\//, 'Chromium'],
    [/\b(Chrome|CriOS)\//, 'Chrome'],
    [/\bSafari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux|X11/, 'Linux'],
];

/** Returns which browser says this of itself, to be known by; empty if it is none that is known. */
export function browser(client: string): string {
    const find = (all: [RegExp, string][]) => all.find(([pattern]) => pattern.test(client))?.[1];
    return [find(BROWSERS), find(SYSTEMS)].filter((each) => each !== undefined).join(', ');
}
