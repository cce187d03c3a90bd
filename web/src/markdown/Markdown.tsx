import { ArrowUpRight } from 'lucide-react';
import { createContext, memo, useContext, useRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remend from 'remend';
import { Diagram } from '../diagram/Diagram.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';
import { grown, NO_BLOCKS } from './blocks.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { withMaths } from './maths.ts';
import { Maths } from './Maths.tsx';
import { tableAsCsv } from './csv.ts';

const PLUGINS: ComponentPropsWithoutRef<typeof ReactMarkdown>['remarkPlugins'] = [
    remarkGfm,
    [remarkMath, { singleDollarTextMath: false }],
];

/**
 * Shows what a model writes. Nothing of it is HTML: tags are shown as they were written. Pictures from
 * elsewhere are links, as loading one would tell its host what is read.
 */
export function Markdown({ text, live }: { text: string; live: boolean }) {
    const before = useRef(NO_BLOCKS);
    const blocks = grown(before.current, text);
    before.current = blocks;
    // One list, so that a block stays the one that it is when it is settled.
    const all = blocks.last.trim() === '' ? blocks.settled : [...blocks.settled, blocks.last];
    return (
        <div className="prose" dir="auto">
            {all.map((source, index) => (
                <Block key={index} source={source} live={live && index === blocks.settled.length} />
            ))}
        </div>
    );
}

/** Whether a block is being written. Not another set of components, so that what is drawn stays when it is settled. */
const Live = createContext(false);

const Block = memo(function Block({ source, live }: { source: string; live: boolean }) {
    const maths = withMaths(source);
    return (
        <Live value={live}>
            <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS}>
                {live ? remend(maths, { katex: false }) : maths}
            </ReactMarkdown>
        </Live>
    );
});

function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
    const words = useWords();
    if (href === undefined || href === '') {
        return <>{children}</>;
    }
    return (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
            {children}
            <ArrowUpRight className="outward" aria-hidden="true" />
            <span className="hidden"> {words.opensElsewhere}</span>
        </a>
    );
}

function Picture({ src, alt }: { src?: string | undefined; alt?: string | undefined }) {
    const words = useWords();
    return <Link href={src}>{words.picture(alt ?? '')}</Link>;
}

function Table({ children }: { children?: ReactNode }) {
    const words = useWords();
    const table = useRef<HTMLTableElement>(null);
    return (
        <div className="table">
            <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
                <table ref={table}>{children}</table>
            </div>
            <CopyButton
                label={words.copyAsCsv}
                text={() => (table.current === null ? '' : tableAsCsv(table.current))}
            />
        </div>
    );
}

function Code({ className = '', children }: { className?: string | undefined; children?: ReactNode }) {
    const live = useContext(Live);
    const words = String(children ?? '');
    if (className.includes('math-inline')) {
        return <Maths tex={words} display={false} />;
    }
    if (className.includes('math-display')) {
        return <Maths tex={words} display />;
    }
    const language = /language-(\S+)/.exec(className)?.[1] ?? '';
    if (language === '' && !words.endsWith('\n')) {
        return <code>{children}</code>;
    }
    const code = words.replace(/\n$/, '');
    return language === 'mermaid' && !live ? (
        <Diagram code={code} />
    ) : (
        <CodeBlock code={code} language={language} live={live} />
    );
}

const COMPONENTS: Components = {
    // The page's own headings come before those of an answer.
    h1: ({ children }) => <h3 className="first">{children}</h3>,
    h2: ({ children }) => <h3>{children}</h3>,
    h3: ({ children }) => <h4>{children}</h4>,
    h4: ({ children }) => <h5>{children}</h5>,
    h5: ({ children }) => <h6>{children}</h6>,
    a: ({ href, children }) => <Link href={href}>{children}</Link>,
    img: ({ src, alt }) => <Picture src={typeof src === 'string' ? src : undefined} alt={alt} />,
    input: ({ checked }) => (checked === true ? '☑ ' : '☐ '),
    table: ({ children }) => <Table>{children}</Table>,
    pre: ({ children }) => <>{children}</>,
    code: ({ className, children }) => <Code className={className}>{children}</Code>,
};
