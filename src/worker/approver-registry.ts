/** Reads `approvers.json` again whenever it changes, so that a revoked key is invalid from then on. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type BatonError, createConfigError } from '../contracts/errors.js';
import { ApproverRegistry } from '../contracts/proof/approver.js';
import { findRepeated } from '../contracts/data/names.js';
import { thumbprint } from '../contracts/proof/jws.js';
import { parseWith } from '../contracts/data/schema.js';
import type { ApprovalsConfig } from './config.js';

/**
 * The registry in a file.
 *
 * @throws {BatonError} `BAD_CONFIG` naming the file and its problem.
 */
export function readRegistry(file: string): ApproverRegistry {
  const registry = parseRegistry(file);
  const keys = [...registry.approvers, ...(registry.gateways ?? [])].flatMap((holder) => holder.keys);
  const foreign = keys.find(({ kid, x }) => thumbprint(x) !== kid);
  if (foreign)
    throw createRegistryError(file, `the key ${foreign.kid} is not the thumbprint of its own "x".`);
  // Two people with the same key would let one of them vote twice.
  const shared = findRepeated(keys.map(({ kid }) => kid));
  if (shared !== undefined)
    throw createRegistryError(
      file,
      `the key ${shared} stands there twice: a key belongs to one person or gateway.`,
    );
  // One person must not count twice through another spelling either.
  const subjects = registry.approvers.map(({ subject }) => subject.normalize('NFKC').trim().toLowerCase());
  const twice = findRepeated(subjects);
  if (twice !== undefined) throw createRegistryError(file, `${twice} stands there twice.`);
  return registry;
}

/** The registry's path is relative to the configuration's folder, and must exist from the start. */
export function resolveApprovals(
  approvals: ApprovalsConfig = { mode: 'unauthenticated' },
  configFile: string,
): ApprovalsConfig {
  if (approvals.mode === 'unauthenticated') return approvals;
  if (approvals.registry === undefined) {
    throw createConfigError(
      `${configFile}: approvals.mode is "signed", so approvals.registry must name approvers.json.`,
    );
  }
  const registry = resolve(dirname(configFile), approvals.registry);
  readRegistry(registry);
  return { ...approvals, registry };
}

/** The registry as the file has it at each call. A cache key could also match a restored file. */
export function watchRegistry(file: string): () => ApproverRegistry {
  return () => readRegistry(file);
}

function parseRegistry(file: string): ApproverRegistry {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw createUnreadableError(file, error);
  }
  const result = parseWith(ApproverRegistry, json);
  if (result.ok) return result.value;
  throw createRegistryError(file, `it is not a registry of approvers.\n${result.problem}`);
}

function createUnreadableError(file: string, error: unknown): BatonError {
  return createConfigError(
    `The registry of approvers ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    { file },
    error,
  );
}

function createRegistryError(file: string, what: string): BatonError {
  return createConfigError(`${file}: ${what}`, { file });
}
