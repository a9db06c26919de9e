import { expect, test } from 'vitest';
import { Problems } from '../contracts/data/problems.js';
import { readConfig } from './config-keys.js';

const read = (given: unknown) => {
  const problems = new Problems();
  const config = readConfig(given, 'baton.config.ts', problems);
  problems.assertNone();
  return config;
};

test.each([
  [{ workflows: './w.ts', taskqueue: 'desk' }, 'taskqueue', 'taskQueue'],
  [{ workflow: './w.ts' }, 'workflow', 'workflows'],
  [
    { workflows: './w.ts', approvals: { mode: 'signed', registery: 'a.json' } },
    'approvals.registery',
    'registry',
  ],
  [{ workflows: './w.ts', inbox: { reader: [] } }, 'inbox.reader', 'readers'],
])(
  'configuration: a setting that does not exist is refused with the nearest that does',
  (given, named, meant) => {
    expect(() => read(given)).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        message: expect.stringContaining(`There is no setting "${named}". Did you mean "${meant}"?`),
      }),
    );
  },
);

test.each([[undefined], [null], [[]], ['text'], [{}], [{ hello: () => 1 }]])(
  'configuration: a default export that is none is left alone: %s',
  (value) => {
    expect(read(value)).toBeUndefined();
  },
);

test('configuration: an object with known settings only is accepted', () => {
  const config = { crewTools: './tools.ts', retryFor: '1 hour' } as const;
  expect(read(config)).toBe(config);
});

test('configuration: all unknown settings are reported at once', () => {
  const given = { workflow: './w.ts', modles: {}, approvals: { mod: 'signed' } };
  expect(() => read(given)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /^There are 3 problems:\n- .*"workflow".*\n- .*"modles".*\n- .*"approvals\.mod"/,
      ),
    }),
  );
});
