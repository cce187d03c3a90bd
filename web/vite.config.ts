import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import license from 'rollup-plugin-license';
import { defineConfig } from 'vitest/config';
import { licences } from './build/licences.ts';
import { packed } from './build/packed.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const server = process.env['POLYMNIA'] ?? 'http://localhost:8420';

export default defineConfig({
    plugins: [react(), license({ thirdParty: { output: licences } }), packed()],
    build: {
        outDir: 'target/classes/polymnia-page',
        emptyOutDir: true,
        manifest: 'manifest.json',
        // What is written into the page would need an exception in its policy.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: 'es2022',
        rolldownOptions: {
            input: {
                index: here('index.html'),
                diagram: here('diagram.html'),
                worker: here('src/offline/worker.ts'),
            },
            output: {
                // Browsers know a worker by its address.
                entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
            },
        },
        chunkSizeWarningLimit: 1000,
    },
    server: {
        proxy: {
            '/api': server,
            '/v1': server,
        },
    },
    test: {
        include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
        environment: 'node',
    },
});
