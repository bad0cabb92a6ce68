import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * What this installation's one secret key protects. `seal` is for secrets that must be readable again
 * (webhook signing secrets); `mac` derives tokens that need not be stored at all. Every purpose has its
 * own derived key (HKDF-SHA256), so a value sealed for one cannot be opened for another.
 */
export class SecretBox {
  readonly #master: Buffer;
  readonly #keys = new Map<string, Buffer>();

  /** @param secretKey at least 32 characters of high entropy */
  constructor(secretKey: string) {
    this.#master = Buffer.from(secretKey);
  }

  /** Encrypts by AES-256-GCM; the result is text that fits a column. */
  seal(purpose: string, text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** @throws Error when the text was not sealed for this purpose by this installation */
  open(purpose: string, sealed: string): string {
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), bytes.subarray(0, 12), {
      authTagLength: 16,
    });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  /** A token only this installation can make: HMAC-SHA256 of `text`, base64url. */
  mac(purpose: string, text: string): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('base64url');
  }

  /** Compares a presented token in constant time. */
  isMac(purpose: string, text: string, presented: string): boolean {
    const expected = Buffer.from(this.mac(purpose, text));
    const given = Buffer.from(presented);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** A 32-byte key of its own for one purpose, for libraries that want a key (JWT signing). */
  key(purpose: string): Buffer {
    let key = this.#keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.#master, '', `fairlead:${purpose}`, 32));
      this.#keys.set(purpose, key);
    }
    return key;
  }

  /** An Ed25519 private key for one purpose: who has its public half can check what was signed. */
  signingKey(purpose: string): KeyObject {
    return createPrivateKey({
      key: Buffer.concat([ED25519_PKCS8, this.key(purpose)]),
      format: 'der',
      type: 'pkcs8',
    });
  }
}

/** What precedes the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
