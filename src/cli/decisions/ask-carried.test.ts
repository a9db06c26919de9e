import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { askCarried } from './ask-carried.js';

/** A right-to-left mark, a space without width, a control sequence, and a space that looks like another one. */
const HIDDEN = '\u202e\u200b\u009b2K\u00a0';

test('edit: the arguments at a prompt have no invisible character, when no editor is named', async () => {
  vi.stubEnv('VISUAL', '');
  vi.stubEnv('EDITOR', '');
  const output = new PassThrough();
  const stopped = new AbortController();
  const request = { args: { to: `ada${HIDDEN}` } } as unknown as WaitingRequest;
  const asked = askCarried(request, 'edit', { output, signal: stopped.signal });
  stopped.abort();
  expect(await asked).toBeUndefined();
  const printed = String(output.read());
  expect(printed).toContain(String.raw`{"to":"ada\u202e\u200b\u009b2K\u00a0"}`);
  for (const hidden of HIDDEN.replace('2K', '')) expect(printed).not.toContain(hidden);
});
