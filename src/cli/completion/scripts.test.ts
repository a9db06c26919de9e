import { describe, expect, test } from 'vitest';
import { renderBashScript } from './bash-script.js';
import { renderFishScript } from './fish-script.js';
import type { CompletionSpec } from './spec.js';
import { renderZshScript } from './zsh-script.js';

const spec: CompletionSpec = {
  globals: [{ flag: '--json', about: 'one document', values: undefined }],
  commands: [
    {
      name: 'show',
      about: "a run's story: all of it",
      options: [{ flag: '--state', about: "[it's] one: of", values: ['done', 'open'] }],
      args: [{ name: 'run', values: 'runs' }],
    },
    { name: 'dev', about: 'serve', options: [], args: [{ name: 'file', values: 'files' }] },
  ],
};

describe('completion scripts', () => {
  test.each([
    [
      'bash',
      renderBashScript(spec),
      ["'show --state') found=(done open)", "'show 0') _baton_live runs", '_baton_files'],
    ],
    [
      'zsh',
      renderZshScript(spec),
      [
        `'show:a run'\\''s story: all of it'`,
        `'--state[\\[it'\\''s\\] one\\: of]:state:(done open)'`,
        `'1:run: _baton_live runs'`,
        `'1:file:_files'`,
      ],
    ],
    [
      'fish',
      renderFishScript(spec),
      [
        `-a show -d 'a run\\'s story: all of it'`,
        `-l state -x -a 'done open' -d '[it\\'s] one: of'`,
        `-a '(__baton_live runs)'`,
        `'__fish_seen_subcommand_from dev' -F`,
      ],
    ],
  ])(
    '%s: commands, options, words, ids and files are offered, and quotes cannot break out',
    (_, script, parts) => {
      for (const part of parts) expect(script).toContain(part);
    },
  );
});
