import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { common, createLowlight } from 'lowlight';
import type { ReactNode } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';

const lowlight = createLowlight(common);

/** Returns code in colours; null if the language is not known. */
export function highlight(code: string, language: string): ReactNode {
    if (!lowlight.registered(language)) {
        return null;
    }
    return toJsxRuntime(lowlight.highlight(language, code), { Fragment, jsx, jsxs });
}
