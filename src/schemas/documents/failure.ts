/** The output of a failed command. */
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../contracts/errors.js';

const CODES = [...Object.keys(ERRORS), 'UNEXPECTED'] as [ErrorCode, ...ErrorCode[], 'UNEXPECTED'];

export const Failure = z
  .object({
    code: z.enum(CODES).describe('A code of docs/errors.md, or `UNEXPECTED`.'),
    message: z.string().describe('The error: what happened, to which id, and how to fix it.'),
    facts: z.record(z.string(), z.unknown()).describe('The same as data.'),
  })
  .meta({ id: 'Failure', description: 'A failure with a code.' });

export const ErrorDocument = z
  .object({ error: Failure.describe('Why the command failed.') })
  .describe('The document that every command prints when it fails.');
