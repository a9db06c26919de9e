import { expect, test } from 'vitest';
import { readConfig } from './config-keys.js';

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
    expect(() => readConfig(given, 'baton.config.ts')).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        message: expect.stringContaining(
          `the setting "${named}", which does not exist. Did you mean "${meant}"?`,
        ),
      }),
    );
  },
);

test.each([[undefined], [null], [[]], ['text'], [{}], [{ hello: () => 1 }]])(
  'configuration: a default export that is none is left alone: %s',
  (value) => {
    expect(readConfig(value, 'hello.ts')).toBeUndefined();
  },
);

test('configuration: what has settings only is one', () => {
  const config = { crewTools: './tools.ts', retryFor: '1 hour' } as const;
  expect(readConfig(config, 'baton.config.ts')).toBe(config);
});
