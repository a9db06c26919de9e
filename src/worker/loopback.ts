/** Whether unverified decisions are acceptable: only when no other machine can reach the server. */
import { createConfigError } from '../contracts/errors.js';
import type { ApprovalsConfig } from './config.js';

/** Whether `host:port` is on this machine. */
export function isLoopback(address: string): boolean {
  const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Refuses to serve runs whose decisions anyone with access to the server could make.
 *
 * @throws {BatonError} `BAD_CONFIG`
 */
export function assertProvable(approvals: ApprovalsConfig, address: string): void {
  if (approvals.mode === 'signed' || approvals.unauthenticatedBeyondLoopback || isLoopback(address)) return;
  throw createConfigError(
    `The server ${address} is not on this machine, and this worker would take decisions from anybody who reaches it. Set approvals.mode to "signed" with a registry (docs/proof.md); or, if anybody there may approve, approvals.unauthenticatedBeyondLoopback.`,
    { address },
  );
}
