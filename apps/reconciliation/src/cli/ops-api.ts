import { Injectable } from '@nestjs/common';
import { CommandFailure } from './command-failure.js';

/** The HTTP API as an operator: FAIRLEAD_URL and FAIRLEAD_OPERATOR_TOKEN name it. */
@Injectable()
export class OpsApi {
  /** @throws CommandFailure with the problem's own words */
  async get<T>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<T> {
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const search = new URLSearchParams(given).toString();
    return this.#send<T>('GET', search ? `${path}?${search}` : path);
  }

  /** @throws CommandFailure with the problem's own words */
  async post<T>(path: string, body: unknown): Promise<T> {
    return this.#send<T>('POST', path, body);
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const base = process.env['FAIRLEAD_URL'] ?? 'http://127.0.0.1:3000';
    const token = process.env['FAIRLEAD_OPERATOR_TOKEN'];
    if (!token) throw new CommandFailure('Set FAIRLEAD_OPERATOR_TOKEN to an operator token.');
    const response = await fetch(new URL(path, base), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new CommandFailure(`Nothing answers at ${base}. Set FAIRLEAD_URL.`, { cause });
    });
    const answer = (await response.json()) as T & { code?: string; detail?: string };
    if (!response.ok) throw new CommandFailure(`${response.status} ${answer.code}: ${answer.detail}`);
    return answer;
  }
}
