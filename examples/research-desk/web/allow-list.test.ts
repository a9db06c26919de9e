/** Which hosts a list allows, in every notation of a URL. */
import { describe, expect, test } from 'vitest';
import { allowList } from './allow-list.js';

const allows = (entries: readonly string[], url: string): boolean => allowList(entries)(new URL(url));

describe('allow-list', () => {
  test.each([
    ['example.org', 'https://example.org/x'],
    ['example.org', 'http://EXAMPLE.org./'],
    ['Example.ORG.', 'https://example.org/'],
    ['*.example.org', 'https://docs.example.org/'],
    ['*.example.org', 'https://a.b.example.org/'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['xn--bcher-kva.example', 'https://BÜCHER.example/'],
    ['localhost:8080', 'http://localhost:8080/'],
    ['127.0.0.1', 'http://0x7f.1/'],
    ['127.0.0.1', 'http://2130706433/'],
    ['::1', 'http://[0:0:0:0:0:0:0:1]/'],
    ['[::1]:8080', 'http://[::1]:8080/'],
    ['example.org', 'https://example.org:443/'],
  ])('allow-list: %j allows %s', (entry, url) => {
    expect(allows([entry], url)).toBe(true);
  });

  test.each([
    ['example.org', 'https://docs.example.org/'],
    ['*.example.org', 'https://example.org/'],
    ['*.example.org', 'https://notexample.org/'],
    ['example.org', 'https://example.org.evil.test/'],
    ['example.org', 'https://example.org@evil.test/'],
    ['example.org', 'https://evil.test/#example.org'],
    ['example.org', 'https://evil.test\\@example.org/'],
    ['example.org', 'https://еxample.org/'],
    ['example.org', 'https://example.org:8443/'],
    ['localhost:8080', 'http://localhost/'],
    ['127.0.0.1', 'http://127.0.0.2/'],
  ])('allow-list: %j does not allow %s', (entry, url) => {
    expect(allows([entry], url)).toBe(false);
  });

  test('allow-list: an empty list allows nothing', () => {
    expect(allows([], 'https://example.org/')).toBe(false);
  });

  test.each(['', '*', '*.', 'https://example.org', 'example.org/path', 'a@b', '*.*.org', 'ex ample.org'])(
    'allow-list: %j is not a valid entry',
    (entry) => {
      expect(() => allowList([entry])).toThrow('is not a valid entry of an allow-list');
    },
  );
});
