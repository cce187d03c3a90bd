import { expect, it } from 'vitest';
import { joinAddress, joinSecret, sharedAddress, sharedSecret } from './place.ts';

it('a link to what is shared has its secret where no server sees it', () => {
    const link = new URL(sharedAddress('https://chat.example.com', 'polymnia-abc_-1'));

    expect(link.pathname + link.search).toBe('/shared');
    expect(sharedSecret(link)).toBe('polymnia-abc_-1');
});

it('a link that lost its secret is still one, and no other address is', () => {
    expect(sharedSecret(new URL('https://chat.example.com/shared'))).toBe('');
    expect(sharedSecret(new URL('https://chat.example.com/#polymnia-abc'))).toBeNull();
    expect(sharedSecret(new URL('https://chat.example.com/c/shared#x'))).toBeNull();
});

it('an invitation has its secret where no server sees it', () => {
    const link = new URL(joinAddress('https://chat.example.com', 'polymnia-abc_-1'));

    expect(link.pathname + link.search).toBe('/');
    expect(joinSecret(link)).toBe('polymnia-abc_-1');
    expect(joinSecret(new URL('https://chat.example.com/#settings/usage'))).toBeNull();
});
