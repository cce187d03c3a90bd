import { answers, ask, barriers, expect, open, settled, test } from './scenario.ts';

test('Markdown has tables, code in colours and maths', async ({ page, server, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, server.url);
    await ask(page, 'Some markdown, please.');
    await settled(page);
    const answer = answers(page);
    await expect(answer.getByRole('heading', { name: 'Herons' })).toBeVisible();
    await expect(answer.locator('.hljs-keyword').first()).toHaveText('record');
    await expect(answer.locator('.katex-display')).toBeVisible();
    await expect(answer.locator('.katex')).toHaveCount(2);
    await answer.getByRole('button', { name: 'Copy as CSV' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        'bird,height,weight\r\ngrey heron,98 cm,1.5 kg\r\nlittle egret,60 cm,0.5 kg\r\n',
    );
    await answer.getByRole('button', { name: 'Copy code' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('record Heron(String name');
    const link = answer.getByRole('link', { name: /the list/ });
    await expect(link).toHaveAttribute('rel', /noopener noreferrer/);
    await expect(link).toHaveAttribute('target', '_blank');
    expect(await barriers(page)).toEqual([]);
});

test('what is settled is not drawn again while more comes', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'Some markdown, please.');
    const heading = answers(page).getByRole('heading', { name: 'Herons' });
    await expect(heading).toBeVisible();
    await heading.evaluate((element) => element.setAttribute('data-seen', 'first'));
    const places = await heading.evaluate(
        (element) =>
            new Promise<number[]>((resolve) => {
                const tops: number[] = [];
                const answer = element.closest('article');
                const look = () => {
                    tops.push(Math.round(element.getBoundingClientRect().top - (answer?.getBoundingClientRect().top ?? 0)));
                    if (answer?.getAttribute('aria-busy') === 'true') {
                        requestAnimationFrame(look);
                    } else {
                        resolve([...new Set(tops)]);
                    }
                };
                look();
            }),
    );
    await expect(heading).toHaveAttribute('data-seen', 'first');
    expect(places).toHaveLength(1);
});

test('what is hostile is words', async ({ page, server }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await open(page, server.url);
    await ask(page, 'Be hostile.');
    await settled(page);
    const answer = answers(page);
    await expect(answer).toContainText('<script>window.stolen = true</script>');
    await expect(answer).toContainText('<svg onload="window.stolen = true">');
    expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
    await expect(answer.locator('script, iframe, object, embed, style, [onerror], [onload], a[href^="javascript:" i], a[href^="data:" i]')).toHaveCount(0);
    await expect(answer.locator('img')).toHaveCount(0);
    await expect(answer.getByRole('link', { name: /^picture: spy/ })).toHaveAttribute('href', 'https://evil.example/spy.png');
    expect(asked.filter((url) => !url.startsWith(server.url))).toEqual([]);
});
