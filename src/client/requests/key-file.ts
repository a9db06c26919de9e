/**
 * A person's private key in a file: a JWK with its owner's name, readable only by the file's owner. It never leaves its
 * file; others need only its `kid` and `x`.
 */
import { nameCommand } from '../../project/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type BatonError, createUsageError, createConfigError } from '../../contracts/errors.js';
import { privateKey, thumbprint, type PrivateKey } from '../../contracts/proof/jws.js';
import { parseWith } from '../../contracts/data/schema.js';

const Part = z.string().regex(/^[\w-]{43}$/);
const Jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: Part,
  d: Part.optional(),
  kid: z.string().optional(),
  sub: z.string().optional(),
});

/** The public part of a key. */
export interface PublicKey {
  readonly kid: string;
  /** 32 bytes in base64url. */
  readonly x: string;
  /** The key's owner, as its file says. */
  readonly subject?: string;
}

/** A private key, and the person for whom it signs. */
export interface SigningKey {
  readonly subject: string;
  readonly key: PrivateKey;
}

/** The key that signs; the environment variable `BATON_KEY` can name a file too. */
export interface KeyChoice {
  readonly file?: string | undefined;
  readonly subject?: string | undefined;
}

/** The folder of this user's keys. */
function resolveKeyFolder(env: NodeJS.ProcessEnv = process.env): string {
  const config = env['XDG_CONFIG_HOME'] ?? '';
  return join(config === '' ? join(homedir(), '.config') : config, 'baton', 'keys');
}

/** The default location of a person's key. */
export function findKeyFile(subject: string, env: NodeJS.ProcessEnv = process.env): string {
  return join(resolveKeyFolder(env), `${encodeURIComponent(subject).replaceAll('%40', '@')}.jwk`);
}

/**
 * Creates a key and writes it, readable only by the file's owner. Never overwrites a file.
 *
 * @throws {BatonError} `BAD_USAGE` if the file exists.
 */
export function writeNewKey(file: string, subject: string): PrivateKey {
  const key = privateKey(randomBytes(32));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${JSON.stringify({ ...key, sub: subject }, null, 2)}\n`, {
      flag: 'wx',
      mode: 0o600,
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw createUsageError(
      `${file} is there already, and a key is never overwritten. Give another --key FILE, or use the key that is there.`,
      { file },
      error,
    );
  }
  return key;
}

/**
 * The public part of a key, from a private or a public JWK.
 *
 * @throws {BatonError} `BAD_CONFIG` if the file contains no Ed25519 JWK.
 */
export function readPublicKey(file: string): PublicKey {
  const { x, sub } = readJwk(file);
  return { kid: thumbprint(x), x, ...defined({ subject: sub }) };
}

/**
 * The key in a file that only its owner can read, and the key's owner if the file names one.
 *
 * @throws {BatonError} `BAD_CONFIG`
 */
export function readPrivateKey(file: string): { readonly key: PrivateKey; readonly subject?: string } {
  const { d, x, sub } = readJwk(file);
  if (d === undefined) throw createKeyFileError(file, 'it holds no private key.');
  const key = privateKey(Buffer.from(d, 'base64url'));
  if (key.x !== x) throw createKeyFileError(file, 'its private part is another key than its public part.');
  assertOwnersOnly(file);
  return { key, ...defined({ subject: sub }) };
}

/**
 * The key that signs: from the named file, from `BATON_KEY`, from the subject's default file, or the only one there is.
 *
 * @throws {BatonError} `BAD_USAGE` if the choice is ambiguous, `BAD_CONFIG` if the file is not a private key or others
 * can read it.
 */
export function findSigningKey(choice: KeyChoice, env: NodeJS.ProcessEnv = process.env): SigningKey {
  const file = choice.file ?? (env['BATON_KEY'] || undefined) ?? buildDefaultFile(choice.subject, env);
  const { key, subject: owner } = readPrivateKey(file);
  const subject = choice.subject ?? owner;
  if (subject !== undefined) return { subject, key };
  throw createUsageError(`${file} does not say whose key it is: add --as SUBJECT.`, { file });
}

function buildDefaultFile(subject: string | undefined, env: NodeJS.ProcessEnv): string {
  if (subject !== undefined) return findKeyFile(subject, env);
  const folder = resolveKeyFolder(env);
  const found = listFolder(folder).filter((name) => name.endsWith('.jwk'));
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return join(folder, only);
  throw createUsageError(
    only === undefined
      ? `There is no key in ${folder}. Make one with ${nameCommand('keys new')}, or name it: --key FILE, or BATON_KEY.`
      : `${folder} holds ${found.length} keys. Say who you are: --as SUBJECT, --key FILE, or BATON_KEY.`,
    { folder },
  );
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readJwk(file: string): z.infer<typeof Jwk> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // A parser's message quotes the file, which may contain a secret.
    const why = error instanceof SyntaxError ? 'it is not JSON.' : `it cannot be read (${readCode(error)}).`;
    throw createKeyFileError(file, `${why} Make a key with ${nameCommand('keys new')}.`);
  }
  const parsed = parseWith(Jwk, json);
  if (!parsed.ok) throw createKeyFileError(file, 'it is not an Ed25519 key as a JWK.');
  if (parsed.value.kid === undefined || parsed.value.kid === thumbprint(parsed.value.x)) return parsed.value;
  throw createKeyFileError(file, 'its "kid" is not the thumbprint of its own "x".');
}

function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function assertOwnersOnly(file: string): void {
  const { mode } = statSync(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  throw createKeyFileError(file, `others can read this private key. Take that from them: chmod 600 ${file}`);
}

function createKeyFileError(file: string, what: string): BatonError {
  return createConfigError(`${file}: ${what}`, { file });
}
