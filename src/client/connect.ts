/** Connects to a Temporal server: by the caller's settings, Temporal's profiles and environment, or the default. */
import { nameCommand } from '../project/command-name.js';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { createConfigError, createUnreachableError } from '../contracts/errors.js';

/** The server and namespace that a caller wants. */
export interface Target {
  /** `host:port`. */
  readonly address?: string;
  readonly namespace?: string;
  /** A profile of Temporal's configuration file. */
  readonly profile?: string;
}

export type ConnectOptions = NonNullable<Parameters<typeof Connection.connect>[0]>;

/** The resolved server and namespace, and how to connect. */
export interface ResolvedTarget {
  readonly address: string;
  readonly namespace: string;
  /** The source of the address, for the error message if it does not respond. */
  readonly source: 'given' | 'profile or environment' | 'default';
  /** TLS, API key and metadata of the profile, and the address; also valid for a worker's connection. */
  readonly connection: Pick<ConnectOptions, 'address'> & Record<string, unknown>;
}

const DEFAULT_ADDRESS = '127.0.0.1:7233';

/**
 * Resolves the server. The caller's settings take precedence over the profile and the environment (`TEMPORAL_ADDRESS`,
 * `TEMPORAL_NAMESPACE`, `TEMPORAL_PROFILE`, …), and these over `fallback`.
 *
 * @throws {BatonError} `BAD_CONFIG` if the profile does not exist or the file cannot be read.
 */
export function resolveTarget(target: Target = {}, fallback: string = DEFAULT_ADDRESS): ResolvedTarget {
  const { connectionOptions, namespace } = loadProfile(target.profile);
  const { address: profiled, ...rest } = connectionOptions;
  const address = target.address ?? profiled ?? fallback;
  const source = target.address ? 'given' : profiled ? 'profile or environment' : 'default';
  return {
    address,
    namespace: target.namespace ?? namespace ?? 'default',
    source,
    connection: { ...rest, address },
  };
}

function loadProfile(profile: string | undefined) {
  try {
    return loadClientConnectConfig(profile === undefined ? {} : { profile });
  } catch (error) {
    throw createConfigError(
      `Temporal's profile ${profile ?? 'default'} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { profile },
      error,
    );
  }
}

/** A page of a history can exceed gRPC's default limit of 4 MiB: it can have a hundred events of 2 MB. */
const LARGEST_ANSWER_BYTES = 256 * 1024 * 1024;

/**
 * Connects.
 *
 * @throws {BatonError} `ENGINE_UNREACHABLE` if nothing responds within `timeoutMs` (default 5,000).
 */
export async function connect(
  target: ResolvedTarget,
  options: { readonly timeoutMs?: number } = {},
): Promise<Client> {
  try {
    const connection = await Connection.connect({
      ...target.connection,
      address: target.address,
      connectTimeout: options.timeoutMs ?? 5_000,
      channelArgs: { 'grpc.max_receive_message_length': LARGEST_ANSWER_BYTES },
    });
    return new Client({ connection, namespace: target.namespace });
  } catch (error) {
    throw createUnreachableError(
      `No Temporal server answers at ${target.address} (${target.source}). Start one with ${nameCommand('dev')} or ${nameCommand('engine')}, or give --address.`,
      { address: target.address },
      error,
    );
  }
}
