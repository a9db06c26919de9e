/**
 * The five ways to decide, over a request that shows another action than its digest says: none of them sends anything,
 * signed or not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as prompts from '@clack/prompts';
import type { Client } from '@temporalio/client';
import { Writable } from 'node:stream';
import { afterAll, expect, test, vi } from 'vitest';
import type { ApprovalRequest } from '@batonhq/baton';
import { loadAllCommands } from '../../src/cli/commands.js';
import { stepThrough } from '../../src/cli/decisions/step-through.js';
import { Decider } from '../../src/cli/demo/decider.js';
import type { LiveTree } from '../../src/cli/demo/live-tree.js';
import { Session } from '../../src/cli/session/session.js';
import { Screen } from '../../src/cli/terminal/screen.js';
import { fromRequest, fromSummary } from '../../src/client/requests/waiting-request.js';
import { writeNewKey } from '../../src/client/requests/key-file.js';
import { summarizeRequest } from '../../src/contracts/requests/request-summary.js';
import { TestRun } from '../../src/testing/test-run.js';
import { openPage } from '../fixtures/open-page.js';
import { honestRequest, shownRun } from '../fixtures/shown-run.js';

vi.mock('@clack/prompts', { spy: true });

const folder = mkdtempSync(join(tmpdir(), 'baton-five-ways-'));
const file = join(folder, 'ada.jwk');
const key = writeNewKey(file, 'ada');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps the output. */
class Said extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

function terminal(): { readonly screen: Screen; readonly said: Said } {
  const said = new Said();
  return { screen: new Screen(false, said, said), said };
}

/** Approves in one way; what it says of that, or the code with which it fails. */
type Way = (client: Client, request: ApprovalRequest, part?: boolean) => Promise<string>;

const codeOf = (error: unknown): string => (error as { readonly code?: string }).code ?? String(error);

const WAYS: Readonly<Record<string, Way>> = {
  'the command approve': async (client, { id, signed }) => {
    const { screen, said } = terminal();
    const session = new Session({ json: false, verbose: false }, screen);
    vi.spyOn(session, 'client').mockResolvedValue(client);
    const command = (await loadAllCommands()).find(({ name }) => name === 'approve');
    const how = signed ? { key: file } : { by: 'ada' };
    await command?.run(session, [id], { ...how, queue: true }).catch((error: unknown) => {
      said.text += codeOf(error);
    });
    return said.text;
  },
  'inbox --decide': async (client, { signed }) => {
    const { screen, said } = terminal();
    let chosen = 0;
    vi.mocked(prompts.select).mockImplementation(({ options }) =>
      // A request, an option, and then nothing more.
      Promise.resolve(chosen++ < 2 ? options[0]?.value : options.at(-1)?.value),
    );
    vi.mocked(prompts.confirm).mockResolvedValue(true);
    const decider = signed ? { key: file } : { by: 'ada' };
    await stepThrough(client, screen, { decider, signal: new AbortController().signal });
    return said.text;
  },
  'the demo': async (client, request, part) => {
    const { screen, said } = terminal();
    const live = { pause: () => {}, resume: () => {} } as unknown as LiveTree;
    const options = { client, screen, live, yes: true, by: 'ada', onLeave: () => {} };
    const decider = new Decider(options);
    const shown = part ? fromSummary(summarizeRequest(request)) : fromRequest(request);
    await decider.request(shown).catch((error: unknown) => {
      said.text += codeOf(error);
    });
    return said.text;
  },
  'the inbox page': async (client, { id, digest = '' }) => {
    const answer = await openPage(client, key).post('/decide', {
      request: id,
      option: 'approve',
      digest,
      revision: '1',
      act: 'decide',
      queue: 'yes',
    });
    return answer.status === 303 ? '' : answer.text();
  },
  'the test run': async (client, { id }, part) => {
    const run = new TestRun(client, 'pays-1');
    return run.decide({ option: 'approve', ...(part ? { request: id } : {}) }).then(() => '', codeOf);
  },
};

const altered = { action: { tool: 'pay', args: { to: 'eve', cents: 99_999 } } };

test.each(Object.entries(WAYS))(
  'decide: %s sends nothing when what is shown has another digest',
  async (_name, way) => {
    for (const request of [honestRequest(altered), honestRequest({ ...altered, signed: true })]) {
      const { client, sent } = shownRun(request);
      expect(await way(client, request)).toMatch(/DIGEST_MISMATCH|has another digest/);
      expect(sent).toEqual([]);
    }
  },
);

test.each(Object.entries(WAYS))(
  'decide: %s sends what is shown when its digest is that',
  async (_name, way) => {
    const { client, sent } = shownRun(honestRequest());
    await way(client, honestRequest());
    expect(sent).toMatchObject([{ option: 'approve', digest: honestRequest().digest }]);
  },
);

test.each(Object.entries(WAYS))(
  'decide: %s signs nothing when only a memo shows the request',
  async (_name, way) => {
    const request = honestRequest({ ...altered, signed: true });
    const { client, sent } = shownRun(request, false);
    expect(await way(client, request, true)).toMatch(/NO_WORKER|No worker is available|only a part is known/);
    expect(sent).toEqual([]);
  },
);

test('inbox page: what was shown without a digest is not the request that has one, when it is sent', async () => {
  const request = honestRequest({ signed: true });
  const { client, sent } = shownRun(request);
  const told = await WAYS['the inbox page']?.(client, { ...request, digest: '' });
  expect(told).toMatch(/REQUEST_CHANGED/);
  expect(sent).toEqual([]);
});
