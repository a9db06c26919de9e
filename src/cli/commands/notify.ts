/** `baton notify test`: sends a test notice by every way that a configuration names. */
import { defined } from '../../contracts/data/defined.js';
import { sendTestNotices, type TestOutcome } from '../../notices/test-notice.js';
import { BatonError } from '../../contracts/errors.js';
import { loadConfig } from '../../worker/load-config.js';
import { defineCommand, NO_OPTIONS, requireArgument } from '../session/command.js';
import { escapeText } from '../terminal/escape-text.js';
import type { Session } from '../session/session.js';
import { wrapUnder } from '../terminal/text-width.js';

export const notifyCommand = defineCommand({
  name: 'notify',
  args: [
    { name: '<action>', about: 'test', values: ['test'] },
    { name: '[file]', about: 'a configuration (default: baton.config.ts)', values: 'files' },
  ],
  summary: 'send a test notice by each notifier of a configuration, and say what it answers',
  documents: ['notify-test'],
  options: NO_OPTIONS,
  examples: ['baton notify test', 'baton notify test baton.config.ts --json'],
  run: async (session, args) => {
    const action = requireArgument(args, 0, 'What is to be done (test)');
    if (action !== 'test') {
      throw new BatonError('BAD_USAGE', `baton notify knows "test", not "${action}".`, { action });
    }
    const { file, notify, inboxUrl } = await loadConfig(args[1]);
    if (notify.length === 0) {
      throw new BatonError('BAD_CONFIG', `${file} has no "notify": nobody is told of what waits.`, { file });
    }
    const outcomes = await sendTestNotices(notify, inboxUrl);
    print(session, outcomes, inboxUrl);
    const ok = outcomes.every(({ outcome }) => outcome === 'taken');
    session.screen.document('notify-test', {
      ok,
      ...defined({ inboxUrl }),
      notifiers: outcomes,
    });
    return ok ? 0 : 1;
  },
});

function print({ screen }: Session, outcomes: readonly TestOutcome[], inboxUrl: string | undefined): void {
  const { palette, width } = screen;
  const longest = Math.max(...outcomes.map(({ name }) => name.length));
  for (const { name, outcome, detail } of escapeText(outcomes)) {
    const mark = outcome === 'taken' ? palette.good('✓') : palette.bad('✗');
    const said = outcome === 'taken' ? detail : `${outcome}: ${detail}`;
    const title = `${mark} ${palette.strong(name.padEnd(longest))}  `;
    screen.print(...wrapUnder(title, said, width));
  }
  if (inboxUrl !== undefined) return;
  screen.print(palette.quiet('  No "inboxUrl" is configured: notices have no link to what waits.'));
}
