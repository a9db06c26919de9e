/** What an audit has found that does not fit. */
import type { AuditMismatch } from '../../schemas/documents/audit.js';
import { BatonError } from '../../contracts/errors.js';

export class Findings {
  readonly mismatches: AuditMismatch[] = [];

  add(...found: readonly AuditMismatch[]): void {
    this.mismatches.push(...found);
  }

  mismatch(where: string, why: string, message: string): void {
    this.mismatches.push({ where, why, message });
  }

  /** What a check has thrown. */
  objects(where: string, error: unknown): void {
    if (!(error instanceof BatonError)) throw error;
    const { why } = error.facts;
    this.mismatch(where, typeof why === 'string' ? why : error.code, error.message);
  }
}
