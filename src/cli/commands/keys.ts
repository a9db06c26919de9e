/** `baton keys`: creates a person's key, and manages the registry of approvers in `approvers.json`. */
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { findKeyFile, readPublicKey, writeNewKey } from '../../client/requests/key-file.js';
import { createUsageError } from '../../contracts/errors.js';
import type { Approver, ApproverRegistry, Gateway } from '../../contracts/proof/approver.js';
import { readRegistry } from '../../worker/approver-registry.js';
import { defineCommand, requireArgument, take, takeFlag, takeId, takeName } from '../session/command.js';
import { readCurrentUser } from '../input/current-user.js';
import { withKey, withRevoked } from '../keys/edit-registry.js';
import { renderKeysPage, readKeyState } from '../keys/keys-page.js';
import { changeRegistry } from '../keys/registry-file.js';
import type { Session } from '../session/session.js';

const Options = z.object({
  as: takeId('--as <subject>', 'new: whose key it is, e.g. ada@example.com (default: this user)'),
  key: takeName(
    '--key <file>',
    "new: where it is written; add: the person's key, its public part is enough",
    'files',
  ),
  roles: take(
    '--roles <list>',
    'add: what the person may decide for, e.g. finance,support',
    z
      .string()
      .transform((text) => text.split(',').map((role) => role.trim()))
      .refine((roles) => roles.every((role) => role !== ''), 'is a list such as finance,support')
      .optional(),
  ),
  gateway: takeFlag('--gateway', 'add: a service that signs people in and speaks for them'),
  withoutKey: takeFlag('--without-key', 'add: a person who decides through a gateway only'),
  until: take(
    '--until <date>',
    'add: from then on the key counts for nothing',
    z
      .string()
      .transform((text) => new Date(text))
      .refine((at) => !Number.isNaN(at.getTime()), 'is a date, e.g. 2027-01-31 or 2027-01-31T12:00:00Z')
      .transform((at) => at.toISOString())
      .optional(),
  ),
  registry: take(
    '--registry <file>',
    'the registry of approvers (default: approvers.json)',
    z.string().min(1).default('approvers.json'),
    'files',
  ),
});
type Options = z.infer<typeof Options>;

export const keysCommand = defineCommand({
  name: 'keys',
  args: [
    { name: '[action]', about: 'new, add, list or revoke', values: ['new', 'add', 'list', 'revoke'] },
    { name: '[who]', about: 'add: a person or a gateway; revoke: one of them, or the id of a key' },
  ],
  summary: 'make the key that signs your decisions, and say whose count',
  documents: ['key', 'keys'],
  options: Options,
  examples: [
    'baton keys new --as ada@example.com',
    'baton keys add ada@example.com --roles finance',
    'baton keys add bob@example.com --roles finance --key bob.jwk --until 2027-01-31',
    'baton keys list',
    'baton keys revoke ada@example.com',
  ],
  run: async (session, args, options) => {
    const [action = 'list'] = args;
    if (action === 'new') return make(session, options);
    if (action === 'list') return show(session, readRegistry(options.registry), options);
    if (action === 'add') return add(session, requireArgument(args, 1, 'The name of the approver'), options);
    if (action === 'revoke')
      return revoke(session, requireArgument(args, 1, 'The name of the approver'), options);
    throw createUsageError(`baton keys knows new, add, list and revoke, not "${action}".`, {
      action,
    });
  },
});

function make({ screen }: Session, { as: subject = readCurrentUser(), key: given }: Options): void {
  const file = given ?? findKeyFile(subject);
  const { kid, x } = writeNewKey(file, subject);
  const { palette } = screen;
  const named = given === undefined ? '' : ` --key ${quoteWord(given)}`;
  screen.print(
    `${palette.good('✓')} Made a key for ${palette.strong(subject)}`,
    `  ${palette.quiet('key'.padEnd(8))}${kid}`,
    `  ${palette.quiet('file'.padEnd(8))}${file}  ${palette.quiet('(private: it stays with you)')}`,
    `  ${palette.quiet('public'.padEnd(8))}${JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x, kid })}`,
    `  ${palette.quiet('$')} ${readCommandName()} keys add ${quoteWord(subject)} --roles …${named}`,
  );
  screen.document('key', { subject, kid, x, file });
}

function show({ screen }: Session, registry: ApproverRegistry, { registry: file }: Options): void {
  const now = Date.now();
  screen.print(...renderKeysPage(registry, { ...screen.tableStyle, now }));
  const withState = <T extends Approver | Gateway>(each: T) => ({
    ...each,
    keys: each.keys.map((key) => ({ ...key, state: readKeyState(key, now) })),
  });
  const { approvers, gateways = [] } = registry;
  screen.document('keys', {
    registry: file,
    approvers: approvers.map(withState),
    gateways: gateways.map(withState),
  });
}

function add(session: Session, subject: string, options: Options): void {
  const { registry: file, gateway, roles, until, withoutKey } = options;
  const key = withoutKey ? undefined : toPublicKeyEntry(subject, options);
  if (gateway && key === undefined) {
    throw createUsageError('A gateway signs by its own key: it cannot be added --without-key.');
  }
  if (until !== undefined && Date.parse(until) <= Date.now()) {
    throw createUsageError(`--until ${until} is over already.`, { until });
  }
  const counts = until === undefined ? {} : { until };
  const registry = changeRegistry(file, (before) =>
    withKey(before, { subject, gateway, roles, key: key === undefined ? undefined : { ...key, ...counts } }),
  );
  show(session, registry, options);
}

function toPublicKeyEntry(subject: string, { key, gateway }: Options): { kid: string; x: string } {
  const file = key ?? findKeyFile(subject);
  if (key === undefined && !existsSync(file)) {
    throw createUsageError(
      `There is no ${file}. Name the key: --key FILE (its public part is enough), or add ${subject} --without-key.`,
      { file },
    );
  }
  const found = readPublicKey(file);
  if (found.subject !== undefined && found.subject !== subject && !gateway) {
    throw createUsageError(`${file} is ${found.subject}'s key, not ${subject}'s.`, { file });
  }
  return { kid: found.kid, x: found.x };
}

function revoke(session: Session, which: string, options: Options): void {
  let revoked: readonly string[] = [];
  const registry = changeRegistry(options.registry, (before) => {
    const after = withRevoked(before, which, new Date().toISOString());
    revoked = after.revoked;
    return after.registry;
  });
  const { palette } = session.screen;
  session.screen.note(
    revoked.length === 0
      ? `${palette.quiet('It was revoked before.')}`
      : `${palette.good('✓')} Revoked ${revoked.join(', ')}: what it has signed counts for nothing any more.`,
  );
  show(session, registry, options);
}
