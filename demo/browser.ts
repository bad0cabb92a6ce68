/** What a visitor carries to the shop after a click. */
export interface Visit {
  readonly clickId: string;
  /** The Set-Cookie line as the server sent it. */
  readonly setCookie: string;
  readonly destination: string;
}

/** One browser with its own cookie jar. */
export class Browser {
  #cookie: string | undefined;

  /** Follows a partner's link as far as the shop's door. */
  async click(trackingUrl: string): Promise<Visit> {
    const response = await fetch(trackingUrl, {
      redirect: 'manual',
      headers: this.#cookie === undefined ? {} : { cookie: this.#cookie },
    });
    const destination = response.headers.get('location');
    const setCookie = response.headers.get('set-cookie');
    if (response.status !== 302 || destination === null || setCookie === null) {
      throw new Error(`the link answered ${response.status} without a redirect and a cookie`);
    }
    this.#cookie = setCookie.split(';', 1)[0];
    const clickId = new URL(destination).searchParams.get('fl_click');
    if (clickId === null) throw new Error(`no click id in ${destination}`);
    return { clickId, setCookie, destination };
  }
}
