/** A part of what Vite built, as its manifest has it. */
export interface Part {
    file: string;
    imports?: string[];
    dynamicImports?: string[];
    css?: string[];
    assets?: string[];
}

export type Manifest = Record<string, Part>;

/**
 * Returns the files of a part and of all that it imports.
 *
 * @param later whether also of what it imports when that is needed
 */
export function filesOf(manifest: Manifest, name: string, later: boolean): Set<string> {
    const taken = new Set<string>();
    const files = new Set<string>();
    const take = (each: string) => {
        const part = manifest[each];
        if (part === undefined) {
            throw new Error(`The manifest of the build has no ${each}.`);
        }
        if (taken.has(each)) {
            return;
        }
        taken.add(each);
        [part.file, ...(part.css ?? []), ...(part.assets ?? [])].forEach((file) => files.add(file));
        [...(part.imports ?? []), ...(later ? (part.dynamicImports ?? []) : [])].forEach(take);
    };
    take(name);
    return files;
}
