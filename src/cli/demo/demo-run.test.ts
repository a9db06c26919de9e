import { describe, expect, test } from 'vitest';
import { resolveCorpusFolder, buildDemoRunId, readDestination } from './demo-run.js';

describe('demoRunId', () => {
  test('id: the same question about the same documents is the same run, anything else another', () => {
    const id = buildDemoRunId('How does zod report errors?', '/a');
    expect(id).toMatch(/^research-how-does-zod-report-errors-[0-9a-f]{8}$/);
    expect(buildDemoRunId('How does zod report errors?', '/a')).toBe(id);
    expect(buildDemoRunId('How does zod report errors!', '/a')).not.toBe(id);
    expect(buildDemoRunId('How does zod report errors?', '/b')).not.toBe(id);
  });

  test('id: another reader or server gives another run, and a new password does not', () => {
    const idWith = (env: NodeJS.ProcessEnv) => buildDemoRunId('How?', '/a', readDestination(env));
    const first = idWith({ SMTP_URL: 'smtp://me:one@mail.example.org', BATON_MAIL_TO: 'ada@example.org' });
    expect(idWith({ SMTP_URL: 'smtp://me:two@mail.example.org', BATON_MAIL_TO: 'ada@example.org' })).toBe(
      first,
    );
    expect(idWith({ SMTP_URL: 'smtp://me:one@mail.example.org', BATON_MAIL_TO: 'bob@example.org' })).not.toBe(
      first,
    );
    expect(idWith({ SMTP_URL: 'smtp://me:one@post.example.org', BATON_MAIL_TO: 'ada@example.org' })).not.toBe(
      first,
    );
    expect(idWith({ SMTP_URL: ' ' })).toBe(buildDemoRunId('How?', '/a'));
    expect(idWith({})).not.toBe(first);
  });

  test('id: long questions are cut, and ones without a letter of the alphabet have a name too', () => {
    expect(buildDemoRunId('a very long question '.repeat(9), '/a')).toMatch(
      /^research-[a-z-]{1,40}-[0-9a-f]{8}$/,
    );
    expect(buildDemoRunId('什么是工作流?', '/a')).toMatch(/^research-question-[0-9a-f]{8}$/);
  });
});

describe('corpusFolder', () => {
  test('corpus: the option overrides the environment', () => {
    expect(resolveCorpusFolder('.', { BATON_CORPUS: '/nonexistent' })).toBe(process.cwd());
    expect(() => resolveCorpusFolder(undefined, { BATON_CORPUS: '/nonexistent' })).toThrow('/nonexistent');
  });
});
