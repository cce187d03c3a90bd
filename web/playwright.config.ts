import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Where Debian and others put Chromium; nothing is downloaded. */
function chromium(): string {
    const places = [
        process.env['CHROMIUM'] ?? '',
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ];
    const found = places.find((place) => place !== '' && existsSync(place));
    if (found === undefined) {
        throw new Error(
            'The page is tested in Chromium, which is not here: install it (Debian: apt-get install chromium), or name it in the variable CHROMIUM.',
        );
    }
    return found;
}

export default defineConfig({
    testDir: 'scenarios',
    outputDir: 'target/scenarios',
    reporter: [['list']],
    // Each has a server and a browser of its own, and both wait more than they work. Figures are
    // measured one at a time.
    workers: process.env['FIGURES'] === undefined ? 2 : 1,
    forbidOnly: true,
    // Figures are made by hand; a real model is asked by etc/try-page.sh.
    ...(process.env['FIGURES'] !== undefined
        ? { grep: /@figures/ }
        : process.env['REAL'] !== undefined
          ? { grep: /@real/ }
          : { grepInvert: /@figures|@real/ }),
    timeout: 60_000,
    expect: { timeout: 20_000 },
    use: {
        locale: 'en-GB',
        timezoneId: 'UTC',
        // What goes through one cannot be answered by a scenario.
        serviceWorkers: 'block',
        viewport: { width: 1280, height: 860 },
        screenshot: 'only-on-failure',
        // Each takes time, also those that are thrown away.
        trace: process.env['TRACE'] === undefined ? 'off' : 'retain-on-failure',
        launchOptions: {
            executablePath: chromium(),
            args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
        },
    },
});
