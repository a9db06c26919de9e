/**
 * Sends one body to one URL, once: it follows no redirect, uses no proxy, and keeps no connection. It reads
 * the answer only up to a limit, and only where it explains a refusal.
 */
import { defined } from '../../contracts/data/defined.js';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { readRetryAfterMs } from './retry-after.js';

export interface Posting {
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The system's lookup if undefined. */
  readonly lookup: LookupFunction | undefined;
  readonly signal: AbortSignal;
}

export interface Posted {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  /** The start of a refusal's (4xx) body. */
  readonly said: string;
}

const READ_AT_MOST_BYTES = 500;
const READ_FOR_MS = 2_000;

/** Rejects when no answer came: with the connection's error, or when `signal` aborts. */
export function post({ url, body, headers, lookup, signal }: Posting): Promise<Posted> {
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    // A separate connection, so that it goes to an address that was checked.
    agent: false,
    maxHeaderSize: 16_384,
    signal,
    ...defined({ lookup }),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    request.on('error', reject);
    // A change of the protocol (101) causes neither an answer nor an error.
    let answered = false;
    request.on('close', () => answered || reject(new Error('closed without an answer')));
    request.on('response', (response) => {
      answered = true;
      // The answer is complete; later errors have no effect.
      response.on('error', () => undefined);
      const status = response.statusCode ?? 0;
      void readReply(response, status).then((said) => {
        request.destroy();
        resolve({ status, retryAfterMs: readRetryAfterMs(response.headers['retry-after']), said });
      });
    });
    request.end(body);
  });
}

function readReply(response: IncomingMessage, status: number): Promise<string> {
  if (status < 400 || status >= 500) return Promise.resolve('');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => response.destroy(), READ_FOR_MS);
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= READ_AT_MOST_BYTES) response.destroy();
    });
    response.once('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).subarray(0, READ_AT_MOST_BYTES).toString());
    });
  });
}
