/** An option that is only a row of the table, and its words: the command line, the page and the published schema have it. */
import { expect, test, vi } from 'vitest';
import { loadAllCommands } from '../../src/cli/commands.js';
import { describeDeciding, renderRequestCard } from '../../src/cli/pages/request-card.js';
import { NO_COLORS } from '../../src/cli/terminal/palette.js';
import { fromRequest } from '../../src/client/requests/waiting-request.js';
import { renderOptionForms } from '../../src/inbox/pages/option-forms.js';
import type { RequestView } from '../../src/inbox/pages/request-view.js';
import { buildJsonSchema } from '../../src/schemas/json-schema.js';
import { PendingRequests } from '../../src/workflows/requests/pending-requests.js';
import { honestRequest } from '../fixtures/shown-run.js';

const ROW = vi.hoisted(() => ({
  label: 'Put off',
  consequence: 'It is asked again next week.',
  effect: 'decide',
  carries: 'questions',
  reason: 'why',
}));
const WORDS = vi.hoisted(() => ({ tone: 'no', command: 'put off what a run waits for', done: 'Put off' }));

vi.mock('../../src/contracts/requests/decision-options.js', async (original) => {
  const module = await original<Record<string, Record<string, unknown>>>();
  // The functions of the mocked module read this very object.
  Object.assign(module['DECISION_OPTIONS'] ?? {}, { 'put-off': ROW });
  return module;
});
vi.mock('../../src/client/text/option-words.js', async (original) => {
  const module = await original<Record<string, Record<string, unknown>>>();
  Object.assign(module['OPTION_WORDS'] ?? {}, { 'put-off': WORDS });
  return module;
});

const { label, consequence } = ROW;
const request = honestRequest({ options: [{ id: 'put-off', label, consequence }] });

test('option: a row of the table is a command, and a way that the card shows, when it is added', async () => {
  const command = (await loadAllCommands()).find(({ name }) => name === 'put-off');
  expect(command).toMatchObject({ summary: WORDS.command, args: [{}, { name: '[questions]' }] });
  expect(command?.options).toContainEqual(expect.objectContaining({ flags: '--reason <text>' }));
  const shown = fromRequest(request);
  const line = `baton put-off ${request.id} "…?" --reason "…"`;
  expect(describeDeciding(shown)).toEqual([line]);
  expect(command?.examples[0]).toContain('baton put-off ');
  const card = renderRequestCard(shown, { width: 100, palette: NO_COLORS }).join('\n');
  expect(card).toMatch(/put-off +Put off\. It is asked again next week\./);
});

test('option: a row of the table is a form with its fields on the page when it is added', async () => {
  const view = { request: fromRequest(request), csrf: 'x', signs: false, binding: 'matches' };
  const page = `${await renderOptionForms(view as unknown as RequestView)}`;
  expect(page).toMatch(/class="option no"\s+data-option="put-off"\s+data-keys="-r"/);
  expect(page).toContain('name="questions"');
  expect(page).toMatch(/name="reason"[^>]*required/);
});

test('option: a row of the table is in the published schema, with what it carries, when it is added', () => {
  const shapes = JSON.stringify(buildJsonSchema('decision'));
  expect(shapes).toContain('"put-off"');
  expect(JSON.stringify(buildJsonSchema('decision'), null, 0)).toMatch(/"enum":\["put-off"\]/);
});

test('option: a row of the table is taken by the run, and refused without what it needs, when it is added', () => {
  const desk = new PendingRequests();
  desk.open(request);
  const said = { request: request.id, option: 'put-off', digest: request.digest };
  const at = '2026-01-01T12:00:00.000Z';
  expect(() => desk.decide({ ...said, questions: ['When?'] }, 'update', at)).toThrow('needs a reason');
  expect(() => desk.decide({ ...said, reason: 'later' }, 'update', at)).toThrow('needs "questions"');
  const ticket = desk.decide({ ...said, reason: 'later', questions: ['When?'] }, 'update', at);
  expect(ticket).toMatchObject({ option: 'put-off', questions: ['When?'] });
});
