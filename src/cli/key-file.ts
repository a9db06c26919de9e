/** A private key in a file, as RFC 8037 writes it. */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { BatonError } from '../contracts/errors.js';
import { privateKey, type PrivateKey } from '../contracts/proof/jws.js';

const StoredKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string().regex(/^[\w-]{43}$/),
});

/**
 * The key in a file that nobody else can read.
 *
 * @throws {BatonError} `BAD_CONFIG`
 */
export function readKeyFile(file: string): PrivateKey {
  if (process.platform !== 'win32' && (modeOf(file) & 0o077) !== 0) {
    throw bad(file, `it can be read by others. Make it yours alone: chmod 600 ${file}`);
  }
  try {
    const stored = StoredKey.parse(JSON.parse(readFileSync(file, 'utf8')));
    const key = privateKey(Buffer.from(stored.d, 'base64url'));
    if (key.x === stored.x) return key;
  } catch {
    throw bad(file, 'it is no Ed25519 private key as a JSON Web Key.');
  }
  throw bad(file, 'its public part "x" is not that of its private part.');
}

function modeOf(file: string): number {
  try {
    return statSync(file).mode;
  } catch (error) {
    throw bad(file, error instanceof Error ? error.message : String(error));
  }
}

function bad(file: string, why: string): BatonError {
  return new BatonError('BAD_CONFIG', `The key ${file} cannot be used: ${why}`, { file });
}
