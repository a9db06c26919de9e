/** `baton notify test`: sends a test notice through every channel of a configuration. */
import { defined } from '../../contracts/data/defined.js';
import { sendTestNotices } from '../../notices/test-notice.js';
import { createUsageError, createConfigError } from '../../contracts/errors.js';
import { loadConfig } from '../../worker/load-config.js';
import { defineCommand, NO_OPTIONS, requireArgument } from '../session/command.js';
import { escapeText } from '../terminal/escape-text.js';
import { renderChecks } from '../pages/checks.js';

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
    const action = requireArgument(args, 0, 'The action (test)');
    if (action !== 'test') {
      throw createUsageError(`baton notify knows "test", not "${action}".`, { action });
    }
    const { file, notify, inboxUrl } = await loadConfig(args[1]);
    if (notify.length === 0) {
      throw createConfigError(`${file} has no "notify": no notices are sent.`, { file });
    }
    const outcomes = await sendTestNotices(notify, inboxUrl);
    const { screen } = session;
    const checks = escapeText(outcomes).map(({ name, outcome, detail }) =>
      outcome === 'taken'
        ? { check: name, ok: true, detail }
        : { check: name, ok: false, detail: `${outcome}: ${detail}` },
    );
    screen.print(...renderChecks(checks, screen.style));
    if (inboxUrl === undefined)
      screen.print(
        screen.palette.quiet('  No "inboxUrl" is configured: notices have no link to the request.'),
      );
    const ok = outcomes.every(({ outcome }) => outcome === 'taken');
    screen.document('notify-test', { ok, ...defined({ inboxUrl }), notifiers: outcomes });
    return ok ? 0 : 1;
  },
});
