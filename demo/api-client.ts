/** A refused call, with the problem the API answered. */
class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: { readonly code?: string; readonly detail?: string },
    call: string,
  ) {
    super(`${call} answered ${status} ${problem.code ?? ''}: ${problem.detail ?? ''}`);
    this.name = 'ApiError';
  }
}

/** Calls the public API as one caller: JSON in, JSON out. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  /** The same server, speaking as the holder of `token`. */
  as(token: string): ApiClient {
    return new ApiClient(this.url, token);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PUT', path, body);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PATCH', path, body);
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as T;
    if (!response.ok) throw new ApiError(response.status, answer as ApiError['problem'], `${method} ${path}`);
    return answer;
  }
}
