/** Maps an error to what the user sees: a code, a message, and an exit code. */
import { nameCommand } from '../../project/command-name.js';
import type { DocumentOf } from '../../schemas/catalog.js';
import { makeVisible } from '../../contracts/data/visible-text.js';
import { isGrpcServiceError, NamespaceNotFoundError } from '@temporalio/client';
import { CommanderError } from 'commander';
import {
  ERRORS,
  isErrorCode,
  type ErrorCode,
  BatonError,
  createUsageError,
  createConfigError,
} from '../../contracts/errors.js';
import type { Story } from '../../schemas/documents/story.js';
import { escapeText } from '../terminal/escape-text.js';
import { selectPalette, type Palette } from '../terminal/palette.js';

type RunFailure = NonNullable<Story['failure']>;

type Failure = DocumentOf<'error'>['error'] & { readonly exitCode: number };

const GRPC = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
};

export function toFailure(error: unknown): Failure {
  const known = toBatonError(error);
  if (known) {
    const { code, message, facts } = known;
    return { code, message, facts, exitCode: ERRORS[code].exitCode };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'UNEXPECTED', message: message.split('\n')[0] ?? '', facts: {}, exitCode: 1 };
}

function toBatonError(error: unknown): BatonError | undefined {
  if (error instanceof BatonError) return error;
  if (error instanceof CommanderError) {
    return createUsageError(error.message.replace(/^error: /, ''), {}, error);
  }
  if (isFileError(error)) return createUnwritableError(error);
  if (error instanceof NamespaceNotFoundError) return createUnknownNamespaceError(error.message, error);
  if (isGrpcServiceError(error)) return fromServer(Number(error.code), error.details, error);
  return error instanceof Error && isGrpcServiceError(error.cause) ? toBatonError(error.cause) : undefined;
}

const FILE_ERRORS = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'];

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && FILE_ERRORS.includes((error as NodeJS.ErrnoException).code ?? '');
}

function createUnwritableError(error: NodeJS.ErrnoException): BatonError {
  return createConfigError(
    `${error.path ?? 'A file'} cannot be written (${error.code}). Baton keeps its files in .baton of the folder it is started in: start it in one that you may write.`,
    { path: error.path, reason: error.code },
    error,
  );
}

function fromServer(code: number, details: string, cause: Error): BatonError | undefined {
  const known = (told: ErrorCode, message: string) => new BatonError(told, message, {}, { cause });
  switch (code) {
    case GRPC.UNAVAILABLE:
    case GRPC.DEADLINE_EXCEEDED:
      return known('ENGINE_UNREACHABLE', `The Temporal server does not answer: ${details}.`);
    case GRPC.UNAUTHENTICATED:
    case GRPC.PERMISSION_DENIED:
      return known('BAD_CONFIG', `The Temporal server refuses these credentials: ${details}.`);
    case GRPC.NOT_FOUND:
      return /namespace/i.test(details) ? createUnknownNamespaceError(details, cause) : undefined;
    case GRPC.INVALID_ARGUMENT:
      if (!/search attribute|Baton[A-Z]\w+ is not|column name/i.test(details)) return undefined;
      return known(
        'SEARCH_ATTRIBUTES_MISSING',
        `The namespace does not know Baton's search attributes yet (${details}). ${nameCommand('worker')} and ${nameCommand('dev')} register them.`,
      );
    default:
      return undefined;
  }
}

function createUnknownNamespaceError(details: string, cause: Error): BatonError {
  return createConfigError(`${details}. Give another --namespace, or create it.`, {}, cause);
}

/** The exit code of a run that failed with this code. */
export function readExitCode(code: string | undefined): number {
  return isErrorCode(code) ? ERRORS[code].exitCode : 1;
}

/** A run's failure on one line. */
export function formatFailure({ message, code }: RunFailure, { bad, quiet }: Palette): string {
  return `${bad('✗')} ${escapeText(message)}${code ? quiet(`  [${code}]`) : ''}`;
}

/** Prints the error in the form that the command line requests, and returns it. */
export function reportFailure(error: unknown, argv: readonly string[]): Failure {
  const failure = toFailure(error);
  const { code, message, facts } = failure;
  if (argv.includes('--json')) {
    process.stdout.write(`${makeVisible(JSON.stringify({ error: { code, message, facts } }, null, 2))}\n`);
  } else {
    const palette = selectPalette(process.stderr);
    const hint = code === 'UNEXPECTED' ? ' (--verbose shows more)' : palette.quiet(`  [${code}]`);
    process.stderr.write(`${palette.bad('✗')} ${escapeText(message)}${hint}\n`);
  }
  if (argv.includes('--verbose'))
    process.stderr.write(`${makeVisible(error instanceof Error ? joinCauses(error) : '')}\n`);
  return failure;
}

function joinCauses(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by: ${joinCauses(error.cause)}` : own;
}
